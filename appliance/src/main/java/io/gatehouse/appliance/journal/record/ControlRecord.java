package io.gatehouse.appliance.journal.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators and auditors did. */
public sealed interface ControlRecord extends JournalRecord {
  /**
   * @param what configuration, policy, users
   * @param before digest
   * @param difference without secrets
   */
  record Changed(
      String what,
      String before,
      String after,
      String actor,
      @Nullable String approver,
      @Nullable String difference)
      implements ControlRecord {
    @Override
    public Kind kind() {
      return Kind.CHANGED;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(what).text(before).text(after).text(actor).text(approver).text(difference);
    }
  }

  record Administration(String actor, String source, String action, String result)
      implements ControlRecord {
    @Override
    public Kind kind() {
      return Kind.ADMINISTRATION;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(actor).text(source).text(action).text(result);
    }
  }

  /**
   * Somebody read the journal.
   *
   * @param records how many were shown
   */
  record Reading(String actor, String action, List<String> arguments, long records, String result)
      implements ControlRecord {
    @Override
    public Kind kind() {
      return Kind.READING;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(actor).text(action).texts(arguments).number(records).text(result);
    }
  }

  /** Who may reach which target with which operations, by which rule. */
  record Entitlement(
      String subject, List<String> groups, String target, String operation, String rule) {}

  record Entitlements(String policy, List<Entitlement> entries) implements ControlRecord {
    @Override
    public Kind kind() {
      return Kind.ENTITLEMENTS;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(policy).array(entries.size());
      for (Entitlement one : entries) {
        out.array(5).text(one.subject()).texts(one.groups()).text(one.target());
        out.text(one.operation()).text(one.rule());
      }
    }
  }
}
