package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.identity.LocalWay;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineTest {
  private static final ScramVerifier ALICE = verifier();
  private static final Upstream CORE = upstream("core", "bank_1");

  private final AtomicReference<Users> users =
      new AtomicReference<>(new Users(List.of(new User("alice", ALICE, Set.of("analysts")))));
  private final Routes routes =
      new Routes(
          Map.of(
              "main", Map.of("bank", "core", "*", "any"),
              "narrow", Map.of("bank", "core")),
          Map.of(
              "core", new Destination(Target.Protocol.POSTGRESQL, CORE, false, List.of()),
              "any",
                  new Destination(
                      Target.Protocol.POSTGRESQL, upstream("any", ""), true, List.of())));
  private final Engine engine =
      new Engine(entrance(), () -> routes, Optional.empty(), Optional.empty(), true);

  private Entrance entrance() {
    return new Entrance(List.of(), new LocalWay(users::get, InstantSource.system()));
  }

  private static ScramVerifier verifier() {
    return ScramVerifier.derive(
        Secret.of("pw".toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
  }

  private static Upstream upstream(String name, String database) {
    return new Upstream(
        name,
        new Upstream.UnixSocket(Path.of("/run/" + name)),
        new Credential("gate", null),
        database,
        null,
        Map.of());
  }

  private GateSession open(String listener) {
    return engine.open(
        new Arrival(7, listener, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4000)),
        new NoControl());
  }

  private static LoginRequest login(String user, String database) {
    return new LoginRequest(user, database, Map.of(), Optional.empty());
  }

  private static <T> T now(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  private GateSession loggedIn(String listener, String database) {
    GateSession session = open(listener);
    now(session.greet(login("alice", database)));
    assertThat(now(session.identify(new Proof.Scram(true)))).isEqualTo(Identification.IDENTIFIED);
    return session;
  }

  @Test
  void knownUser_isOfferedItsVerifier() {
    assertThat(now(open("main").greet(login("alice", "bank"))))
        .isInstanceOfSatisfying(
            Offer.Scram.class,
            offer -> assertThat(offer.verifier().encoded()).isEqualTo(ALICE.encoded()));
  }

  @Test
  void wrongPasswordAndUnknownName_areRefusedAlike() {
    GateSession known = open("main");
    now(known.greet(login("alice", "bank")));
    GateSession unknown = open("main");
    assertThat(now(unknown.greet(login("mallory", "bank")))).isInstanceOf(Offer.Scram.class);

    Refusal wrong = refusal(now(known.identify(new Proof.Scram(false))));
    Refusal absent = refusal(now(unknown.identify(new Proof.Scram(true))));

    assertThat(wrong.kind()).isEqualTo(Refusal.Kind.IDENTITY);
    assertThat(absent.message().replace("mallory", "alice")).isEqualTo(wrong.message());
  }

  private static Refusal refusal(Identification identification) {
    assertThat(identification).isInstanceOf(Identification.Refused.class);
    return ((Identification.Refused) identification).refusal();
  }

  @Test
  void otherProofs_areRefusedAndWiped() {
    GateSession session = open("main");
    now(session.greet(login("alice", "bank")));
    Secret password = Secret.of("pw".toCharArray());

    assertThat(now(session.identify(new Proof.ClearPassword(password))))
        .isInstanceOf(Identification.Refused.class);
    assertThat(password.bytes()).containsOnly(0);
    assertThat(now(session.identify(new Proof.Certificate())))
        .isInstanceOf(Identification.Refused.class);
  }

  @Test
  void userRemovedDuringTheDialogue_isRefused() {
    GateSession session = open("main");
    now(session.greet(login("alice", "bank")));
    users.set(new Users(List.of()));

    assertThat(now(session.identify(new Proof.Scram(true))))
        .isInstanceOf(Identification.Refused.class);
  }

  @Test
  void passwordChangedDuringTheDialogue_isRefused() {
    GateSession session = open("main");
    now(session.greet(login("alice", "bank")));
    users.set(new Users(List.of(new User("alice", verifier(), Set.of()))));

    assertThat(now(session.identify(new Proof.Scram(true))))
        .isInstanceOf(Identification.Refused.class);
  }

  @Test
  void namedDatabase_goesToItsTargetAndDatabase() {
    assertThat(now(loggedIn("main", "bank").route())).isEqualTo(new Route.To(CORE));
  }

  @Test
  void anyOtherDatabase_isOpenedUnderTheNameAskedFor() {
    assertThat(now(loggedIn("main", "branch_7").route()))
        .isEqualTo(new Route.To(upstream("any", "branch_7")));
  }

  @Test
  void databaseThatIsNotServed_isRefused() {
    assertThat(now(loggedIn("narrow", "branch_7").route()))
        .isInstanceOfSatisfying(
            Route.Refused.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.UNKNOWN_TARGET));
    assertThat(now(loggedIn("narrow", "*").route())).isInstanceOf(Route.Refused.class);
  }

  @Test
  void beforeTheLoginIsOver_nothingIsRoutedAndNothingRuns() {
    GateSession session = open("main");
    now(session.greet(login("alice", "bank")));

    assertThat(now(session.route())).isInstanceOf(Route.Refused.class);
    assertThat(session.submit(new OneText(1, "select 1"), new NoReply()))
        .isInstanceOf(Decision.Refuse.class);
  }

  @Test
  void command_runsAndIsOneLineWithoutItsText() {
    try (RecordedLog log = RecordedLog.atTrace()) {
      GateSession session = loggedIn("main", "bank");
      now(session.route());
      session.connected("gate", "4711");
      String text = "select 'planted-literal-77'";

      assertThat(session.submit(new OneText(3, text), new NoReply())).isEqualTo(Decision.RUN);
      session.outcome(3, OutcomeKind.FAILED, 12, 345, 6_789_000, "22012");
      session.closed(CloseReason.CLIENT_TERMINATED);

      assertThat(log.lines())
          .filteredOn(line -> line.contains("logger=session ") || line.contains("logger=command "))
          .extracting(line -> line.replaceFirst("^ts=\\S+ ", ""))
          .extracting(line -> line.replaceFirst(" id=[0-9a-f-]{36} ", " id=ID "))
          .containsExactly(
              "level=INFO logger=session event=\"session ready\" session=7 id=ID listener=main"
                  + " source=/127.0.0.1:4000 caller=alice target=core backend=4711",
              "level=INFO logger=command event=command session=7 sequence=3 stage=execute"
                  + " caller=alice target=core length=27 outcome=failed code=22012 rows=12"
                  + " bytes=345 micros=6789",
              "level=INFO logger=session event=\"session closed\" session=7 caller=alice"
                  + " reason=client_terminated commands=1 seconds=0");
    }
  }

  @Test
  void commandBeforeTheRoute_isRefusedWhereCommandsAreDecided(@TempDir Path folder) {
    try (Courtroom room = Courtroom.of(folder, "rules: [{name: all, verdict: allow}]\n")) {
      GateSession session =
          new Engine(entrance(), () -> routes, Optional.of(room.court), Optional.empty(), true)
              .open(
                  new Arrival(
                      7, "main", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4000)),
                  new NoControl());
      now(session.greet(login("alice", "bank")));
      now(session.identify(new Proof.Scram(true)));

      assertThat(session.submit(new OneText(1, "SELECT 1"), new NoReply()))
          .isInstanceOfSatisfying(
              Decision.Refuse.class,
              refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.INTERNAL));
    }
  }

  private record OneText(long sequence, String sql)
      implements Submission, CommandForm.Sql, SessionView {
    @Override
    public Stage stage() {
      return Stage.EXECUTE;
    }

    @Override
    public List<CommandForm> commands() {
      return List.of(this);
    }

    @Override
    public SessionView session() {
      return this;
    }

    @Override
    public ByteBuf text() {
      return Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
    }

    @Override
    public String statementName() {
      return "";
    }

    @Override
    public String portalName() {
      return "";
    }

    @Override
    public long boundAfter() {
      return 0;
    }

    @Override
    public boolean mayHoldSeveral() {
      return true;
    }

    @Override
    public Binds binds() {
      return Binds.NONE;
    }

    @Override
    public Memo memo() {
      return new Memo();
    }

    @Override
    public Transaction transaction() {
      return Transaction.NONE;
    }

    @Override
    public boolean midBatch() {
      return false;
    }

    @Override
    public long batches() {
      return 0;
    }

    @Override
    public boolean portalBound(String name) {
      return false;
    }

    @Override
    public @Nullable String setting(String name) {
      return null;
    }
  }

  private static final class NoReply implements Reply {
    @Override
    public void answer(long sequence, Decision decision) {
      throw new AssertionError("the engine answers at once");
    }

    @Override
    public void again(long sequence) {
      throw new AssertionError("the engine answers at once");
    }

    @Override
    public void progress(long sequence, String message) {
      throw new AssertionError("the engine answers at once");
    }
  }
}
