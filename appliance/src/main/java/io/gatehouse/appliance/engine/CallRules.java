package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.policy.Plan;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.Guard;
import io.gatehouse.appliance.protection.Proof;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Trait;
import io.gatehouse.spi.Upstream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy says of a call with SQL. The rules of the call's target decide; those of the
 * database that is meant forbid as well, so that a tool is no way around them.
 *
 * @param target of the call
 * @param database of the call
 */
record CallRules(Policy policy, Caller caller, Target target, String database) {
  /** By which more may come out than columns that are named. */
  private static final Set<Trait> BEYOND_COLUMNS =
      EnumSet.of(Trait.USER_CODE, Trait.DYNAMIC_CODE, Trait.DISCLOSES);

  private static final Proof.Fails QUOTED =
      new Proof.Fails(
          "it changes something, and an error of that may quote rows with what is masked for the"
              + " caller, which a tool would pass on",
          "Send it through the database's own listener.");

  private static final Proof.Fails WRITTEN =
      new Proof.Fails(
          "it writes to a column that is masked for the caller",
          "Send it through the database's own listener.");

  /** The call with all of its SQL, by the rules of its own target. */
  Known.Part whole(Command command, List<CallAnalysis.Argument> arguments) {
    boolean masksThere = arguments.stream().anyMatch(this::masksThere);
    Command vouchedFor =
        masksThere && !Collections.disjoint(command.traits(), BEYOND_COLUMNS)
            ? outline(command)
            : command;
    return new Known.Part(
        SqlOfCall.nothing(vouchedFor), policy.plan(caller, target, database, vouchedFor));
  }

  private boolean masksThere(CallAnalysis.Argument argument) {
    Upstream survey = argument.placed().survey();
    return survey != null
        && policy.masksAnything(caller, there(argument, survey), survey.database());
  }

  private static Command outline(Command command) {
    return new Command(
        command.operation(),
        command.accesses(),
        command.traits(),
        Certainty.OUTLINE,
        command.fingerprint(),
        command.doubt());
  }

  /** The SQL of one argument, by what forbids it where its names are from. */
  Known.Part part(CallAnalysis.Argument argument, SqlOfCall sql) {
    Analysed together = new Analysed(sql.command(), sql.definitions(), false, Lineage.NONE);
    Upstream survey = argument.placed().survey();
    Plan plan =
        survey == null
            ? policy.restrictions(caller, target, database, sql.command())
            : policy.restrictions(
                caller, there(argument, survey), survey.database(), sql.command());
    return new Known.Part(together, plan, new Guard(false, Map.of(), refused(argument, sql)));
  }

  /** Why it may not run, whatever it reads. */
  private Optional<Proof.Fails> refused(CallAnalysis.Argument argument, SqlOfCall sql) {
    Upstream survey = argument.placed().survey();
    for (Analysed statement : sql.statements()) {
      Optional<Proof.Fails> here =
          fails(Guards.of(policy, caller, target, database, argument.catalog(), statement));
      if (here.isEmpty() && survey != null) {
        here =
            fails(
                Guards.of(
                    policy,
                    caller,
                    there(argument, survey),
                    survey.database(),
                    argument.catalog(),
                    statement));
      }
      if (here.isPresent()) {
        return here;
      }
    }
    return Optional.empty();
  }

  /** What holds details of errors back has no hold of a tool. */
  private static Optional<Proof.Fails> fails(Guard guard) {
    if (guard.refused().isPresent()) {
      return guard.refused();
    }
    if (!guard.targets().isEmpty()) {
      return Optional.of(WRITTEN);
    }
    return guard.quiet() ? Optional.of(QUOTED) : Optional.empty();
  }

  private static Target there(CallAnalysis.Argument argument, Upstream survey) {
    return new Target(survey.target(), argument.placed().argument().dialect());
  }

  /** The rule by which the journal must not hold what the call says; empty without one. */
  String omits(Command command) {
    return policy.omits(target, database, command).orElse("");
  }

  /** The same by the rules of the database that is meant. */
  String omits(CallAnalysis.Argument argument, Command command) {
    Upstream survey = argument.placed().survey();
    return survey == null
        ? ""
        : policy.omits(there(argument, survey), survey.database(), command).orElse("");
  }
}
