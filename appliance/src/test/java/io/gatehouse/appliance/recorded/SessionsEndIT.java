package io.gatehouse.appliance.recorded;

import static io.gatehouse.appliance.recorded.IdentityScene.issue;
import static io.gatehouse.appliance.recorded.IdentityScene.password;
import static io.gatehouse.appliance.recorded.IdentityScene.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a proof ends its sessions, at the real server too. */
class SessionsEndIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SLEEPS =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND state = 'active'"
          + " AND query LIKE '%pg_sleep%'";
  private static final String THERE = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'";

  @TempDir private Path folder;
  private final ExecutorService sleepers = Executors.newVirtualThreadPerTaskExecutor();
  private IdentityScene scene;
  private ControlStore store;

  @BeforeEach
  void serve() throws Exception {
    scene = IdentityScene.start(folder, "", "");
    scene.provider().tokens().person("erika", "analysts");
    scene.provider().tokens().person("frank", "analysts");
    store = scene.store();
  }

  @AfterEach
  void end() throws Exception {
    sleepers.shutdownNow();
    store.close();
    scene.close();
  }

  /** Returns when it runs at the server. */
  private CompletableFuture<SQLException> sleeping(Connection connection) {
    CompletableFuture<SQLException> ended =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    SQLException.class,
                    () -> {
                      try (Statement statement = connection.createStatement()) {
                        statement.execute("SELECT pg_sleep(3600)");
                      }
                    }),
            sleepers);
    await().atMost(PATIENCE).until(() -> sleeps() || ended.isDone());
    return ended;
  }

  private boolean sleeps() throws SQLException {
    return scene.server().ask(SLEEPS).equals("1");
  }

  /** A token that is good for long enough to get there on this machine, and no longer. */
  private CompletableFuture<SQLException> sleepingBriefly() {
    Map<String, Object> claims = scene.provider().tokens().claims("erika");
    for (int seconds = 6; seconds < PATIENCE.toSeconds(); seconds *= 3) {
      claims.put("exp", Instant.now().plusSeconds(seconds).getEpochSecond());
      try {
        CompletableFuture<SQLException> sleeper =
            sleeping(scene.connect("token", scene.provider().tokens().signed(claims)));
        if (sleeps()) {
          return sleeper;
        }
      } catch (SQLException e) {
        System.out.println("too slow for " + seconds + " s: " + e.getMessage());
      }
    }
    throw new AssertionError("no token was good for long enough");
  }

  private void revoke(Revocation revocation) {
    store.revoke(revocation).toCompletableFuture().join();
  }

  private static Instant later() {
    return Instant.now().plusSeconds(99_999);
  }

  private void gone(CompletableFuture<SQLException> sleeper, String words) throws Exception {
    long from = System.nanoTime();
    SQLException thrown = sleeper.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(thrown.getSQLState()).isEqualTo("57P01");
    assertThat(thrown.getMessage()).contains(words, "Log in again");
    await().atMost(PATIENCE).until(() -> scene.server().ask(THERE).equals("0"));
    System.out.printf("ended %d ms after the revocation%n", (System.nanoTime() - from) / 1_000_000);
  }

  private List<String> reasons() throws Exception {
    return scene.entries(Kind.SESSION_CLOSED).stream().map(entry -> entry.text("reason")).toList();
  }

  private List<String> actions() throws Exception {
    return scene.entries(Kind.ADMINISTRATION).stream()
        .map(entry -> entry.text("action") + ": " + entry.text("result"))
        .toList();
  }

  @Test
  void callerRevokedInTheMiddleOfAQuery_isCutOff_thereAndAtTheServer() throws Exception {
    Connection erika = scene.erika();
    read(erika);
    CompletableFuture<SQLException> sleeper = sleeping(erika);
    revoke(new Revocation.OfCaller("erika", Instant.now(), later()));
    gone(sleeper, "an administrator ended the sessions of \"erika\"");
    assertThat(scene.server().ask(SLEEPS)).isEqualTo("0");
    assertThat(reasons()).containsExactly("revoked");
    assertThat(actions()).contains("revoke caller erika: 1 sessions ended");
    assertThat(scene.journal().audit().findings()).isEmpty();
  }

  @Test
  void callerRevoked_endsNobodyElse_andIsLetInWithANewProof() throws Exception {
    String old = scene.provider().tokens().about("erika");
    Connection frank = scene.connect("token", scene.provider().tokens().about("frank"));
    Connection first = scene.connect("token", old);
    CompletableFuture<SQLException> sleeper = sleeping(first);
    try (NewCredential credential = issue(store, "erika")) {
      revoke(new Revocation.OfCaller("erika", Instant.now(), later()));
      SQLException thrown = sleeper.get(60, TimeUnit.SECONDS);
      assertThat(thrown.getSQLState()).isEqualTo("57P01");
      read(frank);
      assertThat(scene.refused("token", old).getSQLState()).isEqualTo("28P01");
      assertThat(scene.refused(credential.credential().name(), password(credential)).getSQLState())
          .isEqualTo("28P01");
    }
    Map<String, Object> again = scene.provider().tokens().claims("erika");
    again.put("iat", Instant.now().plusSeconds(2).getEpochSecond());
    try (Connection erika = scene.connect("token", scene.provider().tokens().signed(again))) {
      read(erika);
    }
    frank.close();
    assertThat(scene.entries(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("reason")))
        .containsExactly("revoked", "password");
  }

  @Test
  void agentRevoked_endsWhatItDoesForOthers() throws Exception {
    Map<String, Object> delegated = scene.provider().tokens().claims("erika");
    delegated.put("act", Map.of("sub", "report-agent"));
    CompletableFuture<SQLException> sleeper =
        sleeping(scene.connect("token", scene.provider().tokens().signed(delegated)));
    revoke(new Revocation.OfCaller("report-agent", Instant.now(), later()));
    gone(sleeper, "report-agent");
  }

  @Test
  void credentialRevoked_endsItsSessions_andNoOthersOfItsHolder() throws Exception {
    NewCredential one = issue(store, "erika");
    NewCredential other = issue(store, "erika");
    Connection stays = scene.connect(other.credential().name(), password(other));
    CompletableFuture<SQLException> sleeper =
        sleeping(scene.connect(one.credential().name(), password(one)));
    revoke(new Revocation.OfCredential(one.credential().name(), Instant.now(), later()));
    SQLException thrown = sleeper.get(60, TimeUnit.SECONDS);
    assertThat(thrown.getSQLState()).isEqualTo("57P01");
    assertThat(thrown.getMessage()).contains("the credential that opened it was revoked");
    read(stays);
    stays.close();
  }

  @Test
  void credentialFromAFastClock_endsWithItsCaller() throws Exception {
    InstantSource fast = InstantSource.fixed(Instant.now().plusSeconds(120));
    NewCredential credential = issue(store, "erika", fast, Duration.ofHours(1));
    CompletableFuture<SQLException> sleeper =
        sleeping(scene.connect(credential.credential().name(), password(credential)));
    revoke(new Revocation.OfCaller("erika", Instant.now(), later()));
    gone(sleeper, "erika");
  }

  @Test
  void tokenRevoked_endsItsSession_andOpensNoOther() throws Exception {
    Map<String, Object> claims = scene.provider().tokens().claims("erika");
    String token = scene.provider().tokens().signed(claims);
    CompletableFuture<SQLException> sleeper = sleeping(scene.connect("token", token));
    revoke(
        new Revocation.OfToken(
            scene.provider().issuer(), String.valueOf(claims.get("jti")), Instant.now(), later()));
    gone(sleeper, "the token that opened it was revoked");
    assertThat(scene.refused("token", token).getSQLState()).isEqualTo("28P01");
  }

  @Test
  void sessionKilled_isTheOneThatTheLogNames() throws Exception {
    String id;
    Connection erika;
    try (RecordedLog log = RecordedLog.atTrace()) {
      erika = scene.erika();
      id =
          log.lines().stream()
              .filter(line -> line.contains("session ready"))
              .map(line -> line.replaceAll(".*\\bid=([0-9a-f-]{36}).*", "$1"))
              .findFirst()
              .orElseThrow();
    }
    Connection frank = scene.connect("token", scene.provider().tokens().about("frank"));
    CompletableFuture<SQLException> sleeper = sleeping(erika);
    revoke(new Revocation.OfSession(id, Instant.now(), later()));
    SQLException thrown = sleeper.get(60, TimeUnit.SECONDS);
    assertThat(thrown.getSQLState()).isEqualTo("57P01");
    read(frank);
    frank.close();
    List<JournalFolder.Entry> closed = scene.entries(Kind.SESSION_CLOSED);
    assertThat(closed)
        .filteredOn(entry -> entry.session().toString().equals(id))
        .singleElement()
        .satisfies(entry -> assertThat(entry.text("reason")).isEqualTo("killed"));
    assertThat(actions()).contains("kill session " + id + ": 1 sessions ended");
  }

  @Test
  void expiredToken_endsItsSessionInTheMiddleOfAQuery() throws Exception {
    CompletableFuture<SQLException> sleeper = sleepingBriefly();
    gone(sleeper, "what proved your identity has expired");
    assertThat(reasons()).containsOnly("expired");
  }

  @Test
  void localUserRevoked_isEndedToo() throws Exception {
    CompletableFuture<SQLException> sleeper =
        sleeping(scene.connect(IdentityScene.ANN, IdentityScene.PASSWORD));
    revoke(new Revocation.OfCaller(IdentityScene.ANN, Instant.now(), later()));
    gone(sleeper, IdentityScene.ANN);
  }
}
