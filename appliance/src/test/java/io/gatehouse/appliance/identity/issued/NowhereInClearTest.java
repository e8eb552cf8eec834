package io.gatehouse.appliance.identity.issued;

import static io.gatehouse.appliance.control.Stages.done;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that was issued and used is looked for wherever it could have been left. */
final class NowhereInClearTest {
  @TempDir private Path folder;

  private static IssuedCredentials credentials(ControlStore store) throws Exception {
    return done(
        IssuedCredentials.of(
            store,
            new IssuedCredentials.Setting(
                Duration.ofHours(1), InstantSource.system(), new SecureRandom(), Runnable::run)));
  }

  @Test
  void issuedAndUsed_isInNoFileOfTheStore_andNoLine() throws Exception {
    List<String> said;
    String password;
    String name;
    List<String> traces = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace();
        ControlStore store =
            ControlStore.open(
                new StoreLocation.InFile(folder.resolve("control/store.db")),
                StoreLimits.DEFAULT)) {
      IssuedCredentials credentials = credentials(store);
      Holder holder =
          new Holder(
              "alice",
              Optional.empty(),
              Set.of(),
              InstantSource.system().instant(),
              "i",
              ProofMethod.TOKEN);
      try (NewCredential told = done(credentials.issue(holder, Duration.ofMinutes(5)));
          Secret token = told.bearerToken()) {
        name = told.credential().name();
        password = new String(told.password().bytes(), US_ASCII);
        traces.add(told.toString() + token);
        assertThat(done(credentials.bearer(token))).isPresent();
        traces.add(done(credentials.verifierFor(name)).toString());
      }
      assertThat(found(name)).as("the search finds what is there").isTrue();
      assertAbsent(password);
      said = new ArrayList<>(log.lines());
    }
    assertAbsent(password);
    said.addAll(traces);
    assertThat(said).noneMatch(line -> line.contains(password));
  }

  private void assertAbsent(String password) throws IOException {
    byte[] bytes = password.getBytes(US_ASCII);
    for (byte[] form : List.of(bytes, Sha256.digest(bytes))) {
      for (String text :
          List.of(
              new String(form, ISO_8859_1),
              HexFormat.of().formatHex(form),
              HexFormat.of().formatHex(form).toUpperCase(Locale.ROOT),
              Base64.getEncoder().withoutPadding().encodeToString(form))) {
        assertThat(found(text))
            .as("the password or its digest, in a form of %s characters", text.length())
            .isFalse();
      }
    }
  }

  private boolean found(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void closedCredential_isWiped() throws Exception {
    try (ControlStore store =
        ControlStore.open(
            new StoreLocation.InFile(folder.resolve("control/store.db")), StoreLimits.DEFAULT)) {
      Holder holder =
          new Holder(
              "alice",
              Optional.empty(),
              Set.of(),
              InstantSource.system().instant(),
              "i",
              ProofMethod.TOKEN);
      NewCredential told = done(credentials(store).issue(holder, Duration.ofMinutes(5)));
      told.close();

      assertThat(told.password().bytes()).containsOnly(0);
    }
  }
}
