package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Stages.done;
import static io.gatehouse.appliance.control.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a file can do wrong. */
final class SqliteDatabaseTest {
  private static final StoreLimits SHORT = new StoreLimits(1, 2, Duration.ofMillis(600));

  @TempDir private Path parent;

  private Path file() {
    return parent.resolve("control/store.db");
  }

  private StoreLocation location() {
    return new StoreLocation.InFile(file());
  }

  private ControlStore open() throws StoreException {
    return ControlStore.open(location(), StoreLimits.DEFAULT);
  }

  private void openAndClose() throws StoreException {
    open().close();
  }

  private void assertRefused(StoreFailure failure, String... words) {
    assertThatThrownBy(this::openAndClose)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(failure))
        .hasMessageContainingAll(words);
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void everyFile_isForItsOwnerOnly_whileItIsOpen() throws Exception {
    try (ControlStore store = open()) {
      done(store.put(credential("gh-one", alice())));
      List<String> names = new ArrayList<>();
      try (Stream<Path> files = Files.list(file().resolveSibling(""))) {
        for (Path file : files.toList()) {
          names.add(String.valueOf(file.getFileName()));
          assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
        }
      }
      assertThat(names).contains("store.db", "store.db-wal");
      assertThat(mode(file().resolveSibling(""))).isEqualTo("rwx------");
    }
  }

  @Test
  void folderThatOthersMayEnter_isRefused() throws Exception {
    openAndClose();
    Path folder = file().resolveSibling("");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));

    assertRefused(StoreFailure.REFUSED, "open to others", "chmod 700 " + folder);
  }

  @Test
  void fileThatOthersMayRead_isRefused() throws Exception {
    openAndClose();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused(StoreFailure.REFUSED, "open to others", "chmod 600 " + file());
  }

  @Test
  void linkInPlaceOfTheFile_isRefused() throws Exception {
    openAndClose();
    Path elsewhere = parent.resolve("elsewhere.db");
    Files.move(file(), elsewhere);
    Files.createSymbolicLink(file(), elsewhere);

    assertRefused(StoreFailure.REFUSED, "is not a file");
  }

  @Test
  void fileThatIsNoDatabase_isRefused() throws Exception {
    openAndClose();
    Files.writeString(file(), "something else entirely, and long enough to be read as a header");

    assertRefused(StoreFailure.NOT_OURS, "damaged, or is no control store");
  }

  @Test
  void rowThatIsNotOurs_isRefused_notLeftOut() throws Exception {
    try (ControlStore store = open()) {
      done(store.put(credential("gh-one", alice())));
      run("INSERT INTO revocation VALUES ('spell', '', 'x', 0, 0, 1)");
      run("UPDATE control_state SET version = 1");
      run("UPDATE issued_credential SET method = 'SORCERY'");

      assertThat(failure(store.changesSince(0))).isEqualTo(StoreFailure.NOT_OURS);
      assertThat(failure(store.find("gh-one", NOW))).isEqualTo(StoreFailure.NOT_OURS);
    }
  }

  @Test
  void fileThatIsRemoved_isNotMadeAnew_whileTheGateRuns() throws Exception {
    openAndClose();
    Database database = Database.of(location(), SHORT);
    Files.delete(file());

    assertThatThrownBy(database::connect)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.UNREACHABLE));
    assertThat(file()).doesNotExist();
  }

  @Test
  void lockThatIsHeld_failsInTime_andQueueIsBounded_andAllGoesOnAfterwards() throws Exception {
    try (ControlStore store = ControlStore.open(location(), SHORT);
        Connection holder = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = holder.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");

      CompletionStage<?> first = store.put(credential("gh-1", alice()));
      List<CompletionStage<?>> more = new ArrayList<>();
      for (int i = 2; i < 12; i++) {
        more.add(store.put(credential("gh-" + i, alice())));
      }

      assertThat(failure(first)).isEqualTo(StoreFailure.LOCKED);
      List<StoreFailure> failures = new ArrayList<>();
      for (CompletionStage<?> stage : more) {
        failures.add(failure(stage));
      }
      assertThat(failures)
          .contains(StoreFailure.OVERLOADED, StoreFailure.TIMED_OUT)
          .doesNotContain(StoreFailure.BROKEN);
      assertThat(failures.stream().filter(StoreFailure.OVERLOADED::equals).count())
          .isBetween(7L, 9L);

      statement.execute("ROLLBACK");
      done(store.put(credential("gh-after", alice())));
      assertThat(done(store.find("gh-after", NOW))).isPresent();
      assertThat(done(store.find("gh-11", NOW))).as("never begun").isEmpty();
    }
  }

  private void run(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
