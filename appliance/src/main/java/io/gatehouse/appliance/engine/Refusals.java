package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.pin.Obstacle;
import io.gatehouse.appliance.protection.Proof;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Refusal;
import java.util.Locale;

/** What a caller reads when a command does not run. Never a literal of the command. */
final class Refusals {
  private static final String ASK =
      "Ask the owner of the policy for access and name this rule and the target.";

  /** The rule by which definitions that nobody accepted are closed. */
  static final String UNPINNED = "definition-pins";

  private static final int MOST_NAME = 200;

  private Refusals() {}

  /** What keeps a command from running. */
  static Refusal of(Verdict verdict, Command command, String policy) {
    return switch (verdict) {
      case Verdict.Deny deny -> denied(deny, command, policy);
      case Verdict.Hold hold -> held(hold, command, policy);
      case Verdict.AllowMasked masked ->
          throw new IllegalArgumentException("allowed by " + masked.rule());
      case Verdict.Allow allow -> throw new IllegalArgumentException("allowed by " + allow.rule());
    };
  }

  /** The same of a call; of SQL in it that counts as anything it says why. */
  static Refusal ofCall(Verdict verdict, Command command, String policy) {
    Refusal refusal = of(verdict, command, policy);
    return command.doubt().isEmpty()
        ? refusal
        : new Refusal(
            refusal.kind(),
            refusal.message() + " (" + command.doubt() + ")",
            refusal.detail(),
            refusal.hint(),
            refusal.code());
  }

  /** SQL in a call touches what is masked. */
  static Refusal maskedInCall(String rule, Resource masked, Command command, String policy) {
    return of(
        rule,
        "it masks "
            + masked
            + ", which the call's SQL touches, and what a tool brings back cannot be masked by"
            + " columns",
        command,
        policy,
        "Leave it out, or query through the database's own listener; the owner of the policy can"
            + " mask fields of the tool instead.");
  }

  private static Refusal denied(Verdict.Deny deny, Command command, String policy) {
    return of(deny.rule(), deny.message(), command, policy, ASK);
  }

  private static Refusal held(Verdict.Hold hold, Command command, String policy) {
    return of(
        hold.rule(),
        hold.message() + " (it needs an approval, which this gate cannot ask for yet)",
        command,
        policy,
        ASK);
  }

  /** Protected columns could come out. */
  static Refusal unmasked(String rule, Proof.Fails fails, Command command, String policy) {
    return of(rule, fails.why(), command, policy, fails.instead());
  }

  static Refusal unproved(Proof.Fails fails) {
    return Refusal.of(Refusal.Kind.POLICY, fails.why()).withHint(fails.instead());
  }

  /** What a server says of what is called does not count. */
  static Refusal unpinned(Obstacle why, CommandForm.Call call, String target) {
    boolean prompt = call.kind() == CommandForm.Call.Kind.PROMPT;
    String what = Calls.qualified(call.server(), call.name());
    String named = what.length() > MOST_NAME ? what.substring(0, MOST_NAME) + "..." : what;
    String thing = prompt ? "prompt" : "tool";
    return new Refusal(
        Refusal.Kind.POLICY,
        "denied by rule \"%s\": %s (%s \"%s\" on target \"%s\")"
            .formatted(UNPINNED, why.words(), thing, named, target),
        null,
        "Ask the operator of this gate to look at it: gatehouse pins show, and gatehouse pins"
            + " accept if it is as it should be.",
        null);
  }

  static Refusal boundedWrite(String rule, Command command, String policy) {
    return of(
        rule,
        "its rows or bytes are limited, which this gate can enforce for reading only",
        command,
        policy,
        ASK);
  }

  private static Refusal of(
      String rule, String message, Command command, String policy, String hint) {
    return new Refusal(
        Refusal.Kind.POLICY,
        "denied by rule \"" + rule + "\": " + message,
        "Operation "
            + command.operation().name().toLowerCase(Locale.ROOT)
            + ", policy "
            + policy.substring(0, Math.min(12, policy.length()))
            + ".",
        hint,
        null);
  }

  static Refusal notUnderstood(String why, String hint) {
    return new Refusal(
        Refusal.Kind.NOT_UNDERSTOOD, "denied by rule \"not-understood\": " + why, null, hint, null);
  }

  static Refusal movedNames() {
    return notUnderstood(
        "what its names mean may have changed, and the server did not tell",
        "Try again in a new transaction, or write every name with its schema.");
  }

  static Refusal takenOver() {
    return notUnderstood(
        "since this statement was prepared, code ran that may have put another behind its name",
        "Prepare it again under another name, or use the unnamed statement.");
  }

  static Refusal boundBefore() {
    return notUnderstood(
        "since this portal was bound, a command ran that may have changed what names mean",
        "Bind it again.");
  }

  static Refusal preparedOtherwise() {
    return notUnderstood(
        "since this statement was prepared, the session's database or settings have changed, by"
            + " which it is read",
        "Prepare it again.");
  }

  static Refusal portionUnderWay() {
    return Refusal.of(
            Refusal.Kind.LIMIT, "how much is left of this limited result is not known yet")
        .withHint("Take its next portion when the one before has come.");
  }

  static Refusal unread(String name) {
    return notUnderstood(
        "nobody read what stands behind the name \"" + name + "\"",
        "Make it with PREPARE or DECLARE in a message of its own, outside of functions.");
  }

  static Refusal tooLong() {
    return notUnderstood(
        "its text is longer than limits.analysis-bytes allows", "Send less at once.");
  }

  static Refusal busy() {
    return Refusal.of(Refusal.Kind.LIMIT, "the gate has too many new commands to read")
        .withDetail("Limit analysis-queue.")
        .withHint("Try again.");
  }

  /** What no session of the caller's own can be asked. */
  static Refusal noSession(String why) {
    return Refusal.of(
            Refusal.Kind.UNAVAILABLE, "the gate does not know what names mean in this database")
        .withDetail(why)
        .withHint("Try again; if it stays, tell the administrator of the gate.");
  }

  static Refusal noCatalog(String why) {
    return Refusal.of(
            Refusal.Kind.UNAVAILABLE, "the gate does not know the objects of this database")
        .withDetail(why)
        .withHint("Try again; if it stays, tell the administrator of the gate.");
  }

  /** What is not on record does not happen. */
  static Refusal unrecorded(String why) {
    return Refusal.of(Refusal.Kind.UNAVAILABLE, "the journal cannot be written, so nothing runs")
        .withDetail(why + ".")
        .withHint("Tell the administrator of the gate; it goes on by itself when there is space.");
  }

  /** The same in the middle of a result. */
  static Refusal cutOff(String why) {
    return Refusal.of(
            Refusal.Kind.UNAVAILABLE,
            "the journal cannot be written, so no more of the result is sent")
        .withDetail(why + ".")
        .withHint("Tell the administrator of the gate; it goes on by itself when there is space.");
  }

  static Refusal tooLongToRecord() {
    return Refusal.of(Refusal.Kind.LIMIT, "the command is too long to be put on record")
        .withDetail("With its values it is longer than half of a file of journal.tail-file-mib.")
        .withHint("Send less at once, or ask the administrator of the gate for larger files.");
  }

  static Refusal beingDefined() {
    return Refusal.of(
            Refusal.Kind.UNAVAILABLE,
            "what it touches is being changed by a definition that has not ended")
        .withHint("Try again when that transaction is over.");
  }
}
