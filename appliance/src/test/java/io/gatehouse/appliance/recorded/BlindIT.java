package io.gatehouse.appliance.recorded;

import static io.gatehouse.appliance.recorded.IdentityScene.ANN;
import static io.gatehouse.appliance.recorded.IdentityScene.PASSWORD;
import static io.gatehouse.appliance.recorded.IdentityScene.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.journal.record.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control store that does not answer: its table has another name for a while. */
class BlindIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private IdentityScene scene;

  @BeforeEach
  void serve() throws Exception {
    scene = IdentityScene.start(folder, "sessions: {blind-seconds: 10}\n", "");
    scene.provider().tokens().person("erika", "analysts");
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private void alter(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("control/store.db") + "?busy_timeout=60000");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void storeThatDoesNotAnswer_letsNobodyInWhoCouldBeRevoked_untilItDoes() throws Exception {
    assertThat(scene.page("readyz").statusCode()).isEqualTo(200);
    Connection live = scene.erika();
    alter("ALTER TABLE control_state RENAME TO away");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(scene.page("readyz").body()).contains("what is revoked", "10 s"));
    assertThat(scene.page("readyz").statusCode()).isEqualTo(503);
    assertThat(scene.metric("gatehouse_revocations_known")).isEqualTo(0.0);
    assertThat(scene.metric("gatehouse_revocations_age_seconds")).isGreaterThan(9.0);
    SQLException refused = scene.refused("token", scene.provider().tokens().about("erika"));
    assertThat(refused.getSQLState()).isEqualTo("57P03");
    scene.connect(ANN, PASSWORD).close();
    read(live);
    alter("ALTER TABLE away RENAME TO control_state");
    await().atMost(PATIENCE).until(() -> scene.page("readyz").statusCode() == 200);
    assertThat(scene.metric("gatehouse_revocations_known")).isEqualTo(1.0);
    scene.erika().close();
    try (ControlStore store = scene.store()) {
      store
          .revoke(new Revocation.OfCaller("erika", Instant.now(), Instant.now().plusSeconds(999)))
          .toCompletableFuture()
          .join();
    }
    await().atMost(PATIENCE).until(() -> !live.isValid(30));
    assertThat(scene.entries(Kind.LOGIN_REFUSED))
        .extracting(entry -> entry.text("reason"))
        .containsExactly("blind");
  }
}
