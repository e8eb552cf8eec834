package io.gatehouse.benchmarks;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.detection.FindingObserver;
import io.gatehouse.appliance.engine.Analyses;
import io.gatehouse.appliance.engine.BegunSessions;
import io.gatehouse.appliance.engine.Court;
import io.gatehouse.appliance.engine.Engine;
import io.gatehouse.appliance.engine.Routes;
import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.identity.LocalWay;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.pin.PinBook;
import io.gatehouse.appliance.policy.ActivePolicy;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.verdict.Contexts;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.VerdictCache;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a verdict cost that is known already? The whole way of the engine, from the submission
 * that a protocol hands over to the decision it gets back.
 */
@SuppressWarnings("NullAway.Init") // JMH calls what is annotated with Setup first
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VerdictBenchmark {
  private static final String TEXT = "SELECT id, name, email FROM customer WHERE id = 471147114711";
  private static final String PARAMETERS =
      "UPDATE account SET balance = balance + $1 WHERE id = $2 -- x";

  /** How many other verdicts there are, so that the one asked for is not alone in the cache. */
  @Param({"10000"})
  private int others;

  private final OneSession session = new OneSession();
  private final OneCommand simple = new OneCommand(TEXT);
  private final OneCommand prepared = new OneCommand(PARAMETERS, "1700", "20");
  private final OneCommand unknown = new OneCommand(TEXT);
  private int unknowns;
  private Analyses analyses;
  private GateSession gate;

  /** Logs in and has both texts read. */
  @Setup
  public void read() throws Exception {
    analyses = new Analyses(1, 100, Duration.ofSeconds(10));
    Users users = users();
    Routes routes = routes();
    Entrance entrance = new Entrance(List.of(), new LocalWay(() -> users, InstantSource.system()));
    gate = login(new Engine(entrance, () -> routes, court(), Optional.empty(), false));
    for (int i = 0; i < others; i++) {
      decided(new OneCommand("SELECT name FROM public.customer WHERE id = " + i));
    }
    decided(simple);
    decided(prepared);
  }

  private void decided(OneCommand command) throws InterruptedException {
    Answer answer = gate.submit(command.next(), session);
    while (answer == Answer.LATER) {
      session.awaitAgain();
      answer = gate.submit(command.next(), session);
    }
    if (!answer.equals(Decision.RUN)) {
      throw new IllegalStateException("not what is to be measured: " + answer);
    }
  }

  private Optional<Court> court() throws Exception {
    Path policy = Files.createTempFile("policy", ".yaml");
    Files.writeString(
        policy,
        """
        tags: {pii: {columns: ["*.*.ssn"]}}
        rules:
          - {name: no-pii, resources: {tags: [pii]}, verdict: deny}
          - {name: clerks, callers: {groups: [clerks]}, operations: [read, write], verdict: allow}
        """);
    Policy loaded = Policy.load(List.of(policy));
    Files.delete(policy);
    return Optional.of(
        new Court(
            new ActivePolicy(loaded),
            new FixedCatalogs(
                CatalogKey.of(Bank.PLACE), Bank.catalog(AnalysisBenchmark.repository())),
            Dialects.always(new PostgresDialect()),
            new VerdictCache(64 << 20),
            new Contexts(1_000),
            KeyedHash.Key.random(new SecureRandom()),
            analyses,
            InstantSource.system(),
            (_, _) -> (_, _) -> new MaskSource.Found.None("this benchmark masks nothing"),
            FindingObserver.NOBODY,
            PinBook.NONE,
            new BegunSessions(
                (_, _) -> CompletableFuture.failedFuture(new IllegalStateException("no calls")),
                Dialects.always(new PostgresDialect()),
                Duration.ZERO),
            1_000_000));
  }

  private static Users users() {
    return new Users(
        List.of(
            new User(
                "carl",
                ScramVerifier.derive(
                    Secret.of("x".toCharArray()),
                    ScramVerifier.LEAST_ITERATIONS,
                    new SecureRandom()),
                Set.of("clerks"))));
  }

  private static Routes routes() {
    return new Routes(
        Map.of("main", Map.of("bank", "bank")),
        Map.of("bank", new Destination(Target.Protocol.POSTGRESQL, Bank.PLACE, false, List.of())));
  }

  private GateSession login(Engine engine) {
    GateSession opened =
        engine.open(
            new Arrival(1, "main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
            session);
    opened.greet(new LoginRequest("carl", "bank", Map.of(), Optional.empty()));
    opened.identify(new Proof.Scram(true));
    opened.route();
    opened.connected("gate", "1");
    return opened;
  }

  @TearDown
  public void close() {
    analyses.close();
  }

  @Benchmark
  public Answer simpleQuery() {
    return gate.submit(simple.next(), session);
  }

  @Benchmark
  public Answer boundStatement() {
    return gate.submit(prepared.next(), session);
  }

  /** A text that nobody sent before, with the way to the thread that reads it and back. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Answer unknownText() throws InterruptedException {
    unknown.replaceLast(++unknowns);
    gate.submit(unknown.next(), session);
    session.awaitAgain();
    return gate.submit(unknown.next(), session);
  }
}
