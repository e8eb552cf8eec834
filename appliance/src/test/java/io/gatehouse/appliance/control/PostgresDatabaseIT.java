package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Stages.done;
import static io.gatehouse.appliance.control.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.login.Secret;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only a server can do wrong. */
final class PostgresDatabaseIT {
  private static final StoreLimits SHORT = new StoreLimits(2, 16, Duration.ofSeconds(2));
  private static final String PASSWORD = "planted-store-password-77";
  private static @Nullable SharedPostgres shared;

  @BeforeAll
  static void start() throws Exception {
    shared = new SharedPostgres();
    postgres()
        .database()
        .run("CREATE ROLE keeper LOGIN PASSWORD '" + PASSWORD + "'; CREATE SCHEMA kept");
    postgres().database().run("ALTER SCHEMA kept OWNER TO keeper");
    Path rules = Path.of(postgres().database().ask("SHOW hba_file"));
    Files.writeString(rules, "host all keeper all scram-sha-256\n" + Files.readString(rules));
    postgres().database().ask("SELECT pg_reload_conf()");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres().close();
  }

  private static SharedPostgres postgres() {
    return Objects.requireNonNull(shared);
  }

  private static void assertRefused(StoreLocation location, StoreFailure failure, String... words) {
    assertThatThrownBy(() -> ControlStore.open(location, SHORT).close())
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(failure);
              assertThat(e + " " + e.getCause()).doesNotContain(PASSWORD);
            })
        .hasMessageContainingAll(words);
  }

  @Test
  void passwordByReference_logsIn_whoOwnsNothingButTheSchema() throws Exception {
    try (ControlStore store =
        ControlStore.open(postgres().as("keeper", PASSWORD, "kept"), StoreLimits.DEFAULT)) {
      done(store.put(credential("gh-one", alice())));
      assertThat(done(store.find("gh-one", NOW))).isPresent();
    }
  }

  @Test
  void wrongPassword_isRefused() {
    assertRefused(
        postgres().as("keeper", "wrong", "kept"),
        StoreFailure.REFUSED,
        "refuses user keeper",
        "28P01");
  }

  @Test
  void passwordThatCannotBeRead_isRefused() {
    assertRefused(
        new StoreLocation.InPostgres(
            postgres().url(),
            "keeper",
            () -> {
              throw new java.io.IOException("no such file");
            },
            "kept"),
        StoreFailure.REFUSED,
        "refuses user keeper");
  }

  @Test
  void schemaThatMayNotBeMade_isRefused() {
    assertRefused(postgres().as("keeper", PASSWORD, "not_mine"), StoreFailure.REFUSED, "42501");
  }

  @Test
  void serverWithoutTls_isNotSpokenTo_unlessTheUrlSaysSo() {
    String url = postgres().url().replace("?sslmode=disable", "");

    assertRefused(
        new StoreLocation.InPostgres(
            url, "keeper", () -> Secret.of(PASSWORD.toCharArray()), "kept"),
        StoreFailure.UNREACHABLE,
        "does not support SSL");
  }

  @Test
  void connectionsThatAreCut_areReplaced() throws Exception {
    try (ControlStore store = ControlStore.open(postgres().newSchema(), StoreLimits.DEFAULT)) {
      done(store.put(credential("gh-one", alice())));
      postgres()
          .database()
          .ask(
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                  + " WHERE application_name = 'gatehouse control store'");

      assertThat(done(store.find("gh-one", NOW))).isPresent();
    }
  }

  @Test
  void tableThatIsLocked_failsInTime_andGoesOn() throws Exception {
    StoreLocation.InPostgres location = postgres().newSchema();
    try (ControlStore store = ControlStore.open(location, SHORT)) {
      try (Connection holder = postgres().database().direct();
          Statement statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("LOCK TABLE " + location.schema() + ".issued_credential");
        assertThat(failure(store.put(credential("gh-one", alice()))))
            .isEqualTo(StoreFailure.LOCKED);
        holder.rollback();
      }
      done(store.put(credential("gh-one", alice())));
    }
  }

  @Test
  void serverThatSaysNothing_failsInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      String url =
          "jdbc:postgresql://localhost:%d/x?sslmode=disable".formatted(silent.getLocalPort());
      assertRefused(
          new StoreLocation.InPostgres(url, "keeper", () -> Secret.of(new byte[1]), "kept"),
          StoreFailure.UNREACHABLE,
          "cannot be reached");
    }
  }

  @Test
  void serverThatIsStopped_isUnreachable() throws Exception {
    SharedPostgres own = new SharedPostgres();
    try (ControlStore store = ControlStore.open(own.newSchema(), SHORT)) {
      done(store.put(credential("gh-one", alice())));
      own.close();

      assertThat(failure(store.find("gh-one", NOW))).isEqualTo(StoreFailure.UNREACHABLE);
      assertThat(failure(store.put(credential("gh-two", alice()))))
          .isEqualTo(StoreFailure.UNREACHABLE);
    }
  }
}
