package io.gatehouse.appliance.journal.record;

import io.gatehouse.plugin.Access;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was asked for, and what came of it. */
public sealed interface CommandRecord extends JournalRecord {
  /**
   * The command as it came.
   *
   * @param form sql, named or function
   * @param text null where it came by a name, or was prepared by another submission
   * @param preparedBy the record with the text, -1 if it is here
   */
  record Asked(
      long submission,
      String stage,
      String form,
      @Nullable ByteBuf text,
      long preparedBy,
      String name,
      List<Bind> binds) {}

  /**
   * @param value as it came, null for NULL
   */
  record Bind(String type, boolean binary, @Nullable ByteBuf value) {}

  /** What it was taken for. */
  record Understood(
      String operation, List<Access> accesses, List<String> traits, String fingerprint) {}

  /**
   * What was decided.
   *
   * @param reason what the caller was told, null if it runs
   */
  record Decided(String verdict, String rule, String policy, @Nullable String reason) {}

  record CommandIntent(Asked asked, Understood understood, Decided decided)
      implements CommandRecord {
    @Override
    public Kind kind() {
      return Kind.COMMAND_INTENT;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(asked.submission()).text(asked.stage()).text(asked.form());
      bytes(out, asked.text());
      out.number(asked.preparedBy()).text(asked.name()).array(asked.binds().size());
      for (Bind bind : asked.binds()) {
        out.array(3).text(bind.type()).flag(bind.binary());
        bytes(out, bind.value());
      }
      out.text(understood.operation()).array(understood.accesses().size());
      understood.accesses().forEach(access -> access(out, access));
      out.texts(understood.traits()).text(understood.fingerprint());
      out.text(decided.verdict()).text(decided.rule()).text(decided.policy());
      out.text(decided.reason());
    }

    private static void access(CborWriter out, Access access) {
      out.array(4).text(tag(access.operation())).flag(access.indirect());
      out.text(tag(access.resource().kind())).texts(access.resource().path());
    }
  }

  /** How many values of a column were masked, and with what. */
  record Masked(int column, String label, String mask, long count) {}

  /** What a detector saw in a column of a result. */
  record Found(int column, String detector, String what, String action, long count) {}

  /**
   * @param code the server's or the gate's error code, null if there was none
   */
  record CommandOutcome(
      String outcome,
      long rows,
      long bytes,
      long nanos,
      @Nullable String code,
      List<Masked> masks,
      List<Found> findings)
      implements CommandRecord {
    @Override
    public Kind kind() {
      return Kind.COMMAND_OUTCOME;
    }

    @Override
    public void fields(CborWriter out) {
      out.text(outcome).number(rows).number(bytes).number(nanos).text(code).array(masks.size());
      for (Masked one : masks) {
        out.array(4).number(one.column()).text(one.label()).text(one.mask()).number(one.count());
      }
      out.array(findings.size());
      for (Found one : findings) {
        out.array(5).number(one.column()).text(one.detector()).text(one.what());
        out.text(one.action()).number(one.count());
      }
    }
  }

  /**
   * A part of a result, as the caller got it.
   *
   * @param part counts from 0
   */
  record Result(int part, boolean last, ByteBuf data) implements CommandRecord {
    @Override
    public Kind kind() {
      return Kind.RESULT;
    }

    @Override
    public void fields(CborWriter out) {
      out.number(part).flag(last).bytes(data);
    }
  }

  private static void bytes(CborWriter out, @Nullable ByteBuf value) {
    if (value == null) {
      out.nothing();
    } else {
      out.bytes(value);
    }
  }

  private static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
