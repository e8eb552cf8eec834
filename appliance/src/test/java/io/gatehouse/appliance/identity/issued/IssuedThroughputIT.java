package io.gatehouse.appliance.identity.issued;

import static io.gatehouse.appliance.control.Stages.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand logins a minute need a thousand credentials a minute. */
final class IssuedThroughputIT {
  private static final int COUNT = 1_000;
  private static final StoreLimits PATIENT = new StoreLimits(4, 2_048, Duration.ofSeconds(55));

  @TempDir private Path folder;

  @Test
  void inAFile_aThousandTakeLessThanAMinute() throws Exception {
    measure("SQLite", new StoreLocation.InFile(folder.resolve("control/store.db")));
  }

  @Test
  void inPostgres_aThousandTakeLessThanAMinute() throws Exception {
    try (RealDatabase database = RealDatabase.start("control")) {
      measure(
          "PostgreSQL",
          new StoreLocation.InPostgres(
              "jdbc:postgresql://localhost:%d/control?sslmode=disable".formatted(database.port()),
              "postgres",
              () -> Secret.of(new char[] {'x'}),
              "control"));
    }
  }

  private static void measure(String what, StoreLocation location) throws Exception {
    try (ControlStore store = ControlStore.open(location, PATIENT);
        ExecutorService executor = Executors.newFixedThreadPool(2)) {
      IssuedCredentials credentials =
          done(
              IssuedCredentials.of(
                  store,
                  new IssuedCredentials.Setting(
                      Duration.ofHours(1), InstantSource.system(), new SecureRandom(), executor)));
      Instant start = Instant.now();
      List<CompletionStage<NewCredential>> issued = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        issued.add(credentials.issue(holder(i), Duration.ofMinutes(30)));
      }
      List<Secret> tokens = new ArrayList<>();
      for (CompletionStage<NewCredential> stage : issued) {
        try (NewCredential credential = done(stage)) {
          tokens.add(credential.bearerToken());
        }
      }
      Duration issuing = Duration.between(start, Instant.now());
      Instant between = Instant.now();
      for (Secret token : tokens) {
        assertThat(done(credentials.bearer(token))).isPresent();
        token.close();
      }
      Duration proving = Duration.between(between, Instant.now());
      System.out.printf(
          "%s: %d credentials issued in %d ms (%d a minute), proved one after another in %d ms%n",
          what,
          COUNT,
          issuing.toMillis(),
          COUNT * 60_000L / Math.max(1, issuing.toMillis()),
          proving.toMillis());
      assertThat(issuing).isLessThan(Duration.ofMinutes(1));
    }
  }

  private static Holder holder(int number) {
    return new Holder(
        "person-" + number,
        Optional.empty(),
        Set.of("readers", "group-" + number),
        InstantSource.system().instant(),
        "https://idp.example.com",
        ProofMethod.TOKEN);
  }
}
