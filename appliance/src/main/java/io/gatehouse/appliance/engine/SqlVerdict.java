package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.Proof;
import io.gatehouse.appliance.sql.SecretSpan;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.appliance.verdict.OnRecord;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Upstream;
import java.util.List;
import java.util.Optional;

/** What is said of a call with SQL, of which all is known. Lives for one decision. */
final class SqlVerdict {
  private final Policy policy;
  private final Caller caller;
  private final Target target;
  private final String database;
  private final Known known;
  private String rule = "";

  SqlVerdict(Policy policy, Caller caller, Target target, String database, Known known) {
    this.policy = policy;
    this.caller = caller;
    this.target = target;
    this.database = database;
    this.known = known;
  }

  private Known.Part whole() {
    return known.parts().getFirst();
  }

  /** The call with all of its SQL. */
  Command command() {
    return whole().analysed().command();
  }

  String omitted() {
    return Optional.ofNullable(known.onRecord()).map(OnRecord::omitted).orElse("");
  }

  List<SecretSpan> secrets() {
    return Optional.ofNullable(known.onRecord()).map(OnRecord::secrets).orElse(List.of());
  }

  /** By the rules of the call's own target. */
  Verdict decide(Circumstances now) {
    return whole().plan().decide(now);
  }

  /** The rule that forbids it. */
  String rule() {
    return rule;
  }

  /**
   * Why it may not run though that verdict allows it; empty where it does not, or nothing forbids
   * it.
   */
  Optional<Refusal> forbidden(
      Verdict verdict, List<SqlArgument.Placed> arguments, Circumstances now) {
    Optional<Refusal> masked = masked(verdict, target, database);
    if (masked.isPresent() || !allows(verdict)) {
      return masked;
    }
    for (int i = 1; i < known.parts().size(); i++) {
      Optional<Refusal> refusal =
          forbidden(known.parts().get(i), arguments.get(i - 1), verdict.rule(), now);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static boolean allows(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _, Verdict.AllowMasked _ -> true;
      case Verdict.Hold _, Verdict.Deny _ -> false;
    };
  }

  private Optional<Refusal> forbidden(
      Known.Part part, SqlArgument.Placed argument, String allowedBy, Circumstances now) {
    Verdict there = part.plan().decide(now);
    if (!allows(there)) {
      rule = there.rule();
      return Optional.of(Refusals.ofCall(there, part.analysed().command(), policy.digest()));
    }
    Upstream survey = argument.survey();
    Optional<Refusal> masked =
        survey == null
            ? masked(there, target, database)
            : masked(
                there,
                new Target(survey.target(), argument.argument().dialect()),
                survey.database());
    return masked.or(() -> part.guard().refused().map(fails -> unmasked(fails, allowedBy)));
  }

  private Refusal unmasked(Proof.Fails fails, String allowedBy) {
    rule = allowedBy;
    return Refusals.unmasked(allowedBy, fails, command(), policy.digest());
  }

  /** What is no answer in JSON cannot be masked there. */
  private Optional<Refusal> masked(Verdict verdict, Target where, String databaseThere) {
    if (!(verdict instanceof Verdict.AllowMasked allowed)) {
      return Optional.empty();
    }
    List<Resource> masked =
        allowed.masked().stream()
            .map(Verdict.Masked::resource)
            .filter(resource -> !called(resource.kind()))
            .toList();
    return masked.stream()
        .filter(resource -> !resource.path().isEmpty())
        .findFirst()
        .or(() -> masked.stream().findFirst())
        .map(resource -> masked(resource, allowed, where, databaseThere));
  }

  private Refusal masked(
      Resource resource, Verdict.AllowMasked by, Target where, String databaseThere) {
    rule = policy.maskOf(caller, where, databaseThere, resource).orElseGet(by::rule);
    return Refusals.maskedInCall(rule, resource, command(), policy.digest());
  }

  private static boolean called(Resource.Kind kind) {
    return switch (kind) {
      case TOOL, PROMPT, DOCUMENT, MODEL -> true;
      case SESSION,
          SERVER,
          DATABASE,
          SCHEMA,
          TABLE,
          COLUMN,
          SEQUENCE,
          FUNCTION,
          TYPE,
          ROLE,
          SETTING,
          CHANNEL,
          OBJECT,
          FILE,
          PROGRAM ->
          false;
    };
  }
}
