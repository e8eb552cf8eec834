package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.content.MaskedContent;
import io.gatehouse.appliance.detection.SearchedContent;
import io.gatehouse.appliance.policy.Arguments;
import io.gatehouse.appliance.policy.CallArguments;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskTally;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/** Decides the calls of one session. Owned by the session's event loop. */
final class CallDeciding implements Decides {
  private final Court court;
  private final Caller caller;
  private final Target target;
  private final String database;
  private final InetAddress source;
  private final SessionControl control;
  private final SessionFindings findings;

  /** What ends calls that take too long; bounded by the protocol's pipeline. */
  private final Map<Long, Future<?>> deadlines = new HashMap<>();

  private final Grounds grounds = new Grounds();

  CallDeciding(
      Court court,
      Caller caller,
      Routes.Passage passage,
      Deciding.Origin from,
      SessionControl control) {
    this.court = court;
    this.control = control;
    findings = new SessionFindings(court.findings(), from.session(), caller, passage.upstream());
    this.caller = caller;
    source = from.source();
    target = passage.target();
    database = passage.upstream().database();
  }

  @Override
  public Grounds grounds() {
    return grounds;
  }

  @Override
  public Answer submit(Submission submission, Reply reply) {
    Policy policy = court.policy().current();
    grounds.begin(policy.omitsUnread(target, database).orElse(""));
    return switch (submission.commands().getFirst()) {
      case CommandForm.Call call -> decide(policy, submission.sequence(), call);
      case CommandForm.Sql _, CommandForm.Named _, CommandForm.FunctionCall _ ->
          refuse(Refusals.notUnderstood("SQL where calls are made", "Call a tool."));
    };
  }

  private Decision decide(Policy policy, long sequence, CommandForm.Call call) {
    Command command = Calls.command(call);
    grounds.calls(command, policy, policy.omits(target, database, command).orElse(""));
    Verdict verdict = verdict(policy, command, new CallArguments(call.arguments()));
    boolean masks = verdict instanceof Verdict.AllowMasked;
    grounds.by(verdict.rule(), masks, policy.recordTerms(verdict.rule()));
    return switch (verdict) {
      case Verdict.Allow allow when allow.sought().isEmpty() ->
          run(sequence, shown(policy, call), allow.bounds());
      case Verdict.Allow allow ->
          run(
              sequence,
              searched(policy, sequence, Optional.empty(), allow.sought()),
              allow.bounds());
      case Verdict.AllowMasked masked ->
          run(sequence, masked(policy, sequence, masked), masked.bounds());
      case Verdict.Hold _, Verdict.Deny _ -> refuse(Refusals.of(verdict, command, policy.digest()));
    };
  }

  private Verdict verdict(Policy policy, Command command, Arguments arguments) {
    return policy
        .plan(caller, target, database, command)
        .decide(new Circumstances(court.clock().instant(), source, BindValues.NONE, arguments));
  }

  private ResultPlan shown(Policy policy, CommandForm.Call call) {
    return call.kind() == CommandForm.Call.Kind.LISTING
        ? new ListingPlan(item -> callable(policy, item))
        : ResultPlan.UNTOUCHED;
  }

  private ResultPlan masked(Policy policy, long sequence, Verdict.AllowMasked masked) {
    MaskTally tally = new MaskTally();
    findings.masks(sequence, tally);
    MaskedContent content =
        new MaskedContent(masked.rule(), masked.masked(), court.masks().values(policy), tally);
    return searched(policy, sequence, Optional.of(content), masked.sought());
  }

  private ResultPlan searched(
      Policy policy, long sequence, Optional<MaskedContent> masked, List<Verdict.Sought> sought) {
    Optional<SearchedContent> search =
        sought.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new SearchedContent(policy.detectors(), sought, findings.begins(sequence)));
    return new CallPlan(masked, search);
  }

  private Decision run(long sequence, ResultPlan plan, Verdict.Bounds bounds) {
    if (!bounds.time().equals(Verdict.Bounds.NONE.time())) {
      deadlines.put(
          sequence, court.analyses().after(bounds.time(), () -> control.cancel(sequence)));
    }
    ResultLimits limits = new ResultLimits(bounds.rows(), bounds.bytes());
    return plan.equals(ResultPlan.UNTOUCHED) && limits.equals(ResultLimits.NONE)
        ? Decision.RUN
        : new Decision.Run(plan, limits);
  }

  /** Whether some arguments would let it be called. */
  private boolean callable(Policy policy, Content.Listed item) {
    Command command = Calls.command(item.kind(), item.server(), item.name());
    NotGivenYet arguments = new NotGivenYet();
    return switch (verdict(policy, command, arguments)) {
      case Verdict.Allow _, Verdict.AllowMasked _ -> true;
      case Verdict.Hold _ -> true;
      case Verdict.Deny _ -> arguments.asked();
    };
  }

  private static Decision refuse(Refusal refusal) {
    return new Decision.Refuse(refusal);
  }

  /** Calls are decided at once. */
  @Override
  public void withdrawn() {}

  @Override
  public Noted noted(long sequence) {
    return findings.noted(sequence);
  }

  @Override
  public void outcome(long sequence, OutcomeKind kind, long rows, long bytes) {
    findings.outcome(sequence);
    Future<?> deadline = deadlines.remove(sequence);
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void settled(SessionView session) {}

  @Override
  public void closed() {
    findings.closed();
    deadlines.values().forEach(deadline -> deadline.cancel(false));
    deadlines.clear();
  }
}
