package io.gatehouse.appliance.sql;

import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import io.gatehouse.plugin.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * SQL that the gate does not read. A text of it may do anything to anything, and counts as doing
 * all of that at once: whatever a rule forbids, it forbids here, and only a rule that names no
 * thing and says {@code bodies: unread} allows it.
 */
public final class UnreadDialect implements SqlDialect {
  private static final Analysed ANYTHING =
      new Analysed(
          new Command(
              Operation.ADMINISTER,
              accesses(),
              EnumSet.allOf(Trait.class),
              Certainty.OUTLINE,
              "",
              ""),
          List.of(Consequence.RUNS_CODE, Consequence.ENDS_TRANSACTION),
          false,
          Lineage.unproved("SQL that the gate does not read"));

  private final Function<String, List<SecretSpan>> secrets;

  /** Nobody can tell what of a text is a secret. */
  public UnreadDialect() {
    this(text -> List.of(new SecretSpan(0, text.length())));
  }

  /**
   * @param secrets the parts of a text that hold passwords, in order
   */
  public UnreadDialect(Function<String, List<SecretSpan>> secrets) {
    this.secrets = secrets;
  }

  @Override
  public List<SecretSpan> secrets(String text, Scene scene) {
    return secrets.apply(text);
  }

  /** Names are left out, so that no rule can tell that its own is not meant. */
  private static List<Access> accesses() {
    List<Access> all = new ArrayList<>();
    // Callers are told of the first that no rule allows.
    all.add(
        Access.of(Operation.EXECUTE, Resource.of(Kind.OBJECT, "SQL that the gate cannot read")));
    for (Kind kind : Kind.values()) {
      for (Operation operation : operations(kind)) {
        all.add(Access.of(operation, Resource.of(kind)));
      }
    }
    return all;
  }

  /** As a command that is read has them. */
  private static List<Operation> operations(Kind kind) {
    return switch (kind) {
      case SESSION -> List.of(Operation.SESSION);
      case SETTING -> List.of(Operation.SESSION, Operation.READ, Operation.ADMINISTER);
      case SERVER ->
          List.of(Operation.READ, Operation.TRANSFER, Operation.EXECUTE, Operation.ADMINISTER);
      case DATABASE ->
          List.of(Operation.READ, Operation.EXECUTE, Operation.DEFINE, Operation.GRANT);
      case SCHEMA, TYPE, OBJECT -> List.of(Operation.DEFINE, Operation.GRANT);
      case TABLE ->
          List.of(
              Operation.READ,
              Operation.WRITE,
              Operation.DELETE,
              Operation.DEFINE,
              Operation.GRANT,
              Operation.ADMINISTER);
      case COLUMN -> List.of(Operation.READ, Operation.WRITE, Operation.GRANT);
      case SEQUENCE -> List.of(Operation.READ, Operation.WRITE, Operation.DEFINE, Operation.GRANT);
      case FUNCTION -> List.of(Operation.CALL, Operation.DEFINE, Operation.GRANT);
      case ROLE -> List.of(Operation.GRANT, Operation.DEFINE, Operation.ADMINISTER);
      case FILE -> List.of(Operation.READ, Operation.TRANSFER);
      case PROGRAM, CHANNEL -> List.of(Operation.TRANSFER);
      // Of other protocols.
      case TOOL, PROMPT, DOCUMENT, MODEL -> List.of();
    };
  }

  /** What any text counts as. */
  public static Analysed anything() {
    return ANYTHING;
  }

  @Override
  public List<Analysed> analyse(String text, Scene scene) {
    return List.of(ANYTHING);
  }

  /** What is not read is not read in any encoding. */
  @Override
  public Optional<String> unreadable(String encoding) {
    return Optional.empty();
  }
}
