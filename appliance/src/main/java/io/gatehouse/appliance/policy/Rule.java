package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import java.util.Optional;
import java.util.Set;

/**
 * One rule, read and compiled.
 *
 * @param place where it is written
 * @param message what a caller is told by a deny or a hold
 * @param limits what an allow, a mask or a limit bounds
 * @param treatment what a mask or a search does
 * @param record how commands that it decides are put on record
 */
record Rule(
    String name,
    RuleKind kind,
    Place place,
    Matcher matcher,
    Optional<Condition> when,
    String message,
    Verdict.Bounds limits,
    Treatment treatment,
    RecordTerms record) {

  /** Allows everything; stands in no file. */
  static final Rule OPENS_ALL =
      new Rule(
          "",
          RuleKind.ALLOW,
          new Place("", 0, ""),
          new Matcher(
              Callers.EVERYBODY,
              Optional.empty(),
              Optional.empty(),
              Set.of(),
              Resources.EVERYTHING,
              Traits.WHATEVER,
              true),
          Optional.empty(),
          "",
          Verdict.Bounds.NONE,
          Treatment.DEFAULT,
          RecordTerms.DEFAULT);

  /**
   * What a mask or detect rule does to what it matches.
   *
   * @param fields of what calls bring back
   * @param search of a detect rule, and of no other
   */
  record Treatment(
      String mask, Verdict.Strength strength, Optional<Search> search, Verdict.Fields fields) {

    /** What a rule says that says nothing: the safest of all. */
    static final Treatment DEFAULT =
        new Treatment(Masks.DEFAULT, Verdict.Strength.STRICT, Optional.empty(), Verdict.Fields.ALL);
  }

  /**
   * What results are searched for.
   *
   * @param detector its name
   */
  record Search(String detector, Verdict.OnFinding found, boolean binaryPasses) {}

  /** Where a rule stands, for problems that are found later. */
  record Place(String file, int line, String path) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /**
   * What must hold for a rule beside its condition.
   *
   * @param operations empty means any
   * @param unreadBodies whether it opens commands of which a body was not read
   */
  record Matcher(
      Callers callers,
      Optional<Names> targets,
      Optional<Names> databases,
      Set<Operation> operations,
      Resources resources,
      Traits traits,
      boolean unreadBodies) {

    Matcher {
      operations = Set.copyOf(operations);
    }

    boolean about(Caller caller, Target target, String database) {
      return callers.matches(caller) && there(target, database);
    }

    boolean reachable(Caller caller, Target target) {
      return callers.matches(caller) && on(target);
    }

    /** In some database of the target. */
    boolean on(Target target) {
      return targets.map(names -> names.matches(target.name())).orElse(true);
    }

    boolean there(Target target, String database) {
      return on(target) && databases.map(names -> names.matches(database)).orElse(true);
    }

    boolean covers(Matcher other) {
      return callers.covers(other.callers)
          && Names.covers(targets, other.targets)
          && Names.covers(databases, other.databases)
          && (operations.isEmpty()
              || (!other.operations.isEmpty() && operations.containsAll(other.operations)))
          && resources.covers(other.resources)
          && traits.covers(other.traits);
    }
  }

  boolean bounds() {
    return !limits.equals(Verdict.Bounds.NONE);
  }
}
