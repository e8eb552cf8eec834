package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.content.MaskedContent;
import io.gatehouse.appliance.detection.SearchedContent;
import io.gatehouse.appliance.pin.Change;
import io.gatehouse.appliance.pin.TargetPins;
import io.gatehouse.appliance.policy.Arguments;
import io.gatehouse.appliance.policy.CallArguments;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskTally;
import io.gatehouse.appliance.verdict.Known;
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
import io.gatehouse.spi.Upstream;
import java.net.InetAddress;
import java.util.ArrayList;
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

  /** What lists under way brought to light. */
  private final Map<Long, List<Change>> changes = new HashMap<>();

  /** Empty where any definition counts. */
  private final Optional<TargetPins> pins;

  private final Grounds grounds = new Grounds();
  private final CallReadings readings;
  private final CallDefinitions definitions;

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
    pins = court.pins().of(target.name());
    database = passage.upstream().database();
    readings = new CallReadings(court, caller, passage);
    definitions = new CallDefinitions(court, from.session());
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
      case CommandForm.Call call -> {
        List<SqlArgument.Placed> sql = readings.sqlOf(call);
        yield sql.isEmpty()
            ? decide(policy, submission.sequence(), call)
            : decide(policy, submission.sequence(), new SqlCall(call, sql), reply);
      }
      case CommandForm.Sql _, CommandForm.Named _, CommandForm.FunctionCall _ ->
          refuse(Refusals.notUnderstood("SQL where calls are made", "Call a tool."));
    };
  }

  private Decision decide(Policy policy, long sequence, CommandForm.Call call) {
    Command command = Calls.command(call);
    grounds.calls(command, policy, policy.omits(target, database, command).orElse(""));
    Verdict verdict =
        policy
            .plan(caller, target, database, command)
            .decide(now(new CallArguments(call.arguments())));
    return decided(policy, sequence, call, command, verdict);
  }

  /** What its SQL does is found out elsewhere; then the call is submitted again. */
  private Answer decide(Policy policy, long sequence, SqlCall call, Reply reply) {
    Command bare = Calls.command(call.call());
    grounds.calls(bare, policy, policy.omitsUnread(target, database).orElse(""));
    grounds.unseen();
    return switch (readings.find(policy, call, () -> reply.again(sequence))) {
      case CallReadings.Reading.Waits _ -> Answer.LATER;
      case CallReadings.Reading.Refused(Refusal refusal) -> refuse(refusal);
      case CallReadings.Reading.Read(Known known) -> {
        Upstream changing = definitions.pending(known, call.sql());
        if (changing == null) {
          yield decide(policy, sequence, call, known);
        }
        CallReadings.Reading waits = readings.reread(changing, () -> reply.again(sequence));
        yield waits == null ? refuse(Refusals.beingDefined()) : Answer.LATER;
      }
    };
  }

  private Decision decide(Policy policy, long sequence, SqlCall call, Known known) {
    SqlVerdict weighed = new SqlVerdict(policy, caller, target, database, known);
    grounds.calls(weighed.command(), policy, weighed.omitted());
    grounds.without(call.sql(), weighed.secrets());
    Circumstances now = now(new CallArguments(call.call().arguments()));
    Verdict verdict = weighed.decide(now);
    Optional<Refusal> forbidden = weighed.forbidden(verdict, call.sql(), now);
    if (forbidden.isPresent()) {
      grounds.by(weighed.rule(), false, policy.recordTerms(weighed.rule()));
      return refuse(forbidden.get());
    }
    Decision decision = decided(policy, sequence, call.call(), weighed.command(), verdict);
    if (decision instanceof Decision.Run) {
      definitions.runs(sequence, known, call.sql());
    }
    return decision;
  }

  private Decision decided(
      Policy policy, long sequence, CommandForm.Call call, Command command, Verdict verdict) {
    boolean masks = verdict instanceof Verdict.AllowMasked;
    grounds.by(verdict.rule(), masks, policy.recordTerms(verdict.rule()));
    return switch (verdict) {
      case Verdict.Allow allow ->
          closed(policy, call, allow)
              .orElseGet(
                  () ->
                      run(
                          sequence,
                          plan(policy, sequence, call, Optional.empty(), allow.sought()),
                          allow.bounds()));
      case Verdict.AllowMasked masked ->
          closed(policy, call, masked)
              .orElseGet(
                  () ->
                      run(
                          sequence,
                          plan(
                              policy,
                              sequence,
                              call,
                              Optional.of(masked(policy, sequence, masked)),
                              masked.sought()),
                          masked.bounds()));
      case Verdict.Hold _, Verdict.Deny _ ->
          refuse(Refusals.ofCall(verdict, command, policy.digest()));
    };
  }

  /** Refused, because what the server says of it is not what was accepted. */
  private Optional<Decision> closed(Policy policy, CommandForm.Call call, Verdict verdict) {
    return pins.flatMap(here -> here.obstacle(call.kind(), call.server(), call.name()))
        .map(
            why -> {
              grounds.by(Refusals.UNPINNED, false, policy.recordTerms(verdict.rule()));
              return refuse(Refusals.unpinned(why, call, target.name()));
            });
  }

  private Circumstances now(Arguments arguments) {
    return new Circumstances(court.clock().instant(), source, BindValues.NONE, arguments);
  }

  private ResultPlan plan(
      Policy policy,
      long sequence,
      CommandForm.Call call,
      Optional<MaskedContent> masked,
      List<Verdict.Sought> sought) {
    Optional<ListingPlan> listing =
        call.kind() == CommandForm.Call.Kind.LISTING
            ? Optional.of(listing(policy, sequence))
            : Optional.empty();
    Optional<SearchedContent> search =
        sought.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new SearchedContent(policy.detectors(), sought, findings.begins(sequence)));
    return listing.isEmpty() && masked.isEmpty() && search.isEmpty()
        ? ResultPlan.UNTOUCHED
        : new CallPlan(listing, masked, search);
  }

  private ListingPlan listing(Policy policy, long sequence) {
    return new ListingPlan(
        item -> callable(policy, item),
        pins,
        seen -> changes.computeIfAbsent(sequence, _ -> new ArrayList<>()).addAll(seen));
  }

  private MaskedContent masked(Policy policy, long sequence, Verdict.AllowMasked masked) {
    MaskTally tally = new MaskTally();
    findings.masks(sequence, tally);
    return new MaskedContent(masked.rule(), masked.masked(), court.masks().values(policy), tally);
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
    return policy.plan(caller, target, database, command).openable(now(Arguments.NONE));
  }

  private static Decision refuse(Refusal refusal) {
    return new Decision.Refuse(refusal);
  }

  /** What is read is kept for whoever asks next. */
  @Override
  public void withdrawn() {}

  @Override
  public Noted noted(long sequence) {
    return findings.noted(sequence).with(changes.getOrDefault(sequence, List.of()));
  }

  @Override
  public void outcome(long sequence, OutcomeKind kind, long rows, long bytes) {
    findings.outcome(sequence);
    changes.remove(sequence);
    definitions.outcome(sequence);
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
    changes.clear();
    definitions.closed();
    deadlines.values().forEach(deadline -> deadline.cancel(false));
    deadlines.clear();
  }
}
