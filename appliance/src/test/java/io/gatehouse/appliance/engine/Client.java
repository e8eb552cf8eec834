package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A session on both sides of the engine: what its client asks, and what its server would answer to
 * the gate's own question. The test's thread is its event loop.
 */
final class Client implements SessionView, SessionControl, Reply {
  final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "client_encoding", "UTF8",
              "standard_conforming_strings", "on",
              "server_version", "18.0"));
  final List<String> temporary = new ArrayList<>();

  /** Names that the protocol gave to portals. */
  final Set<String> portals = new HashSet<>();

  /** Names of statements that the server says were prepared in SQL. */
  final Set<String> preparedInSql = new HashSet<>();

  final AtomicInteger cancels = new AtomicInteger();
  final BlockingQueue<Long> wanted = new LinkedBlockingQueue<>();
  String path = "open";
  boolean answersInquiries = true;
  int inquiries;

  /** What the gate had described. */
  final List<String> described = new ArrayList<>();

  /** When it comes to describing. */
  CompletableFuture<Void> describing = CompletableFuture.completedFuture(null);

  /** What the server can describe. */
  final Map<String, ResultDescription> results = new HashMap<>();

  boolean midBatch;
  long batches;
  Transaction transaction = Transaction.NONE;
  long sequence;

  private final Deciding deciding;

  Client(Court court, Caller caller, Upstream upstream, String source) {
    this(court, caller, upstream, source, true);
  }

  /**
   * @param ownIdentity whether its parameters may have chosen who it is at the server
   */
  Client(Court court, Caller caller, Upstream upstream, String source, boolean ownIdentity) {
    this(
        court,
        caller,
        new Routes.Passage(Target.Protocol.POSTGRESQL, upstream, upstream),
        source,
        ownIdentity);
  }

  Client(Court court, Caller caller, Routes.Passage passage, String source, boolean ownIdentity) {
    deciding =
        new Deciding(
            court,
            caller,
            passage,
            new Deciding.Origin(1, InetAddress.ofLiteral(source), ownIdentity),
            this);
  }

  /** A message of its own, answered whenever that is; not run. */
  Decision ask(Submission.Stage stage, CommandForm form) {
    Answer answer = submit(stage, form);
    while (!(answer instanceof Decision decision)) {
      awaitAgain();
      answer = submit(stage, form);
    }
    return decision;
  }

  /** What the last answer rests on. */
  Grounds grounds() {
    return deciding.grounds();
  }

  Answer submit(Submission.Stage stage, CommandForm form) {
    return deciding.submit(new Asked(++sequence, stage, form, this), this);
  }

  void awaitAgain() {
    try {
      Long asked = wanted.poll(20, TimeUnit.SECONDS);
      if (asked == null || asked != sequence) {
        throw new AssertionError("submission " + sequence + " waits, and " + asked + " is wanted");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Decision ask(String sql) {
    return ask(Submission.Stage.EXECUTE, Asked.Text.of(sql));
  }

  /** It must be allowed; it ends well, and all is settled then. */
  void runs(String sql) {
    ran(ask(sql), sql);
  }

  void ran(Decision decision, String what) {
    if (!(decision instanceof Decision.Run)) {
      throw new AssertionError(what + ": " + decision);
    }
    ends(OutcomeKind.SUCCEEDED);
  }

  void ends(OutcomeKind kind) {
    ends(kind, 0, 0);
  }

  void ends(OutcomeKind kind, long rows, long bytes) {
    batches++;
    deciding.outcome(sequence, kind, rows, bytes);
    deciding.settled(this);
  }

  void outcome(long number, OutcomeKind kind) {
    deciding.outcome(number, kind, 0, 0);
  }

  void settles() {
    deciding.settled(this);
  }

  void withdraws() {
    deciding.withdrawn();
  }

  void closes() {
    deciding.closed();
  }

  Asked.Text prepares(String name, String sql, String... types) {
    Asked.Text text = Asked.Text.prepared(name, sql, Asked.Values.types(types));
    Decision decision = ask(Submission.Stage.PREPARE, text);
    if (!(decision instanceof Decision.Run)) {
      throw new AssertionError(sql + ": " + decision);
    }
    return text;
  }

  /** Bound after everything that was submitted so far. */
  Decision executes(Asked.Text prepared, Value... values) {
    return ask(Submission.Stage.EXECUTE, prepared.boundAfter(sequence, Asked.Values.of(values)));
  }

  Decision executesNamed(String name) {
    return ask(
        Submission.Stage.EXECUTE,
        new Asked.Behind(CommandForm.Named.Kind.STATEMENT, name, sequence, Binds.NONE));
  }

  /** Why it was refused, all of it. */
  static String refusal(Decision decision) {
    if (!(decision instanceof Decision.Refuse(Refusal refusal))) {
      throw new AssertionError("not refused: " + decision);
    }
    return refusal.kind()
        + ": "
        + refusal.message()
        + " | "
        + refusal.detail()
        + " | "
        + refusal.hint();
  }

  @Override
  public Transaction transaction() {
    return transaction;
  }

  @Override
  public boolean midBatch() {
    return midBatch;
  }

  @Override
  public long batches() {
    return batches;
  }

  @Override
  public boolean portalBound(String name) {
    return portals.contains(name);
  }

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name);
  }

  @Override
  public void answer(long number, Decision decision) {
    throw new AssertionError("the engine has every command submitted again");
  }

  @Override
  public void again(long number) {
    wanted.add(number);
  }

  @Override
  public void progress(long number, String message) {
    throw new AssertionError("nothing is said in between");
  }

  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    throw new AssertionError("a decision kills no session");
  }

  @Override
  public void cancel() {
    cancels.incrementAndGet();
  }

  @Override
  public void redecide() {
    throw new AssertionError("every execution is decided anyway");
  }

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    inquiries++;
    if (!answersInquiries) {
      return CompletableFuture.failedFuture(new UpstreamException("the server said no"));
    }
    List<List<Value>> rows = new ArrayList<>();
    rows.add(row("path", path));
    rows.add(row("user", "gate"));
    temporary.forEach(name -> rows.add(row("temporary", name)));
    preparedInSql.forEach(name -> rows.add(row("prepared", name)));
    return CompletableFuture.completedFuture(new Rows(new ResultDescription(List.of()), rows));
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    described.add(sql);
    ResultDescription description = results.get(sql);
    return describing.thenCompose(
        now ->
            description == null
                ? CompletableFuture.failedFuture(
                    new UpstreamException("the server said no", "42703"))
                : CompletableFuture.completedFuture(description));
  }

  private static List<Value> row(String kind, String name) {
    return List.of(new Value.Text(kind), new Value.Text(name));
  }

  @Override
  public void notify(String message) {
    throw new AssertionError("nothing is said");
  }
}
