package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found of one statement so far. */
public final class Findings {
  private final Set<Access> accesses = new LinkedHashSet<>();
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private final List<Consequence> consequences = new ArrayList<>();
  private Operation operation = Operation.SESSION;
  private Certainty certainty = Certainty.EXACT;
  private final boolean codeChangesSession;

  /** Whatever code runs may leave the session as another. */
  public Findings() {
    this(true);
  }

  /**
   * @param codeChangesSession whether code of the target's users can leave the session as another
   */
  public Findings(boolean codeChangesSession) {
    this.codeChangesSession = codeChangesSession;
  }

  public void touches(Operation what, Resource.Kind kind, String... path) {
    touches(what, new Resource(kind, List.of(path)));
  }

  public void touches(Operation what, Resource resource) {
    accesses.add(Access.of(what, resource));
    operation = operation.or(what);
  }

  public void indirectly(Operation what, Resource.Kind kind, String... path) {
    accesses.add(Access.indirect(what, new Resource(kind, List.of(path))));
  }

  public void trait(Trait trait) {
    traits.add(trait);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  public void leaves(Consequence consequence) {
    if (!consequences.contains(consequence)) {
      consequences.add(consequence);
    }
  }

  /** Code of the target's users may run. */
  public void userCode() {
    traits.add(Trait.USER_CODE);
    if (codeChangesSession) {
      leaves(Consequence.RUNS_CODE);
    }
  }

  /** A part that is kept for later was not read. */
  public void outlineOnly() {
    certainty = Certainty.OUTLINE;
  }

  /** What was found so far is planned and not done: it counts as reading. */
  public void onlyPlanned() {
    List<Access> planned = accesses.stream().map(access -> asReading(access)).distinct().toList();
    accesses.clear();
    accesses.addAll(planned);
    traits.removeAll(
        Set.of(
            Trait.WITHOUT_CONDITION,
            Trait.WHOLE_TABLE,
            Trait.UNBOUNDED_RESULT,
            Trait.RETURNS_CHANGED,
            Trait.KEEPS_RESULT,
            Trait.LOCKS));
    operation = Operation.SESSION;
    accesses.forEach(access -> operation = operation.or(access.operation()));
  }

  private static Access asReading(Access access) {
    return switch (access.operation()) {
      case WRITE, DELETE, DEFINE ->
          new Access(access.resource(), Operation.READ, access.indirect());
      case SESSION, READ, INFER, CALL, TRANSFER, EXECUTE, GRANT, ADMINISTER, UNKNOWN -> access;
    };
  }

  /** Following the values may find a column that naming the columns did not. */
  private void reads(ColumnOrigin column) {
    Resource resource =
        new Resource(
            Resource.Kind.COLUMN, List.of(column.schema(), column.table(), column.column()));
    if (!accesses.contains(Access.of(Operation.READ, resource))) {
      accesses.add(Access.indirect(Operation.READ, resource));
    }
  }

  public Analysed result(String fingerprint, Lineage lineage) {
    lineage.columns().forEach(this::reads);
    if (accesses.isEmpty()) {
      touches(Operation.SESSION, Resource.Kind.SESSION);
    }
    return new Analysed(
        new Command(operation, List.copyOf(accesses), traits, certainty, fingerprint, ""),
        consequences,
        false,
        lineage);
  }
}
