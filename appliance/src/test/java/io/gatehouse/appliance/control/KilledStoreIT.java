package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Stages.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL while four threads write. */
class KilledStoreIT {
  private static final int LINES = 300;

  @TempDir private Path folder;

  @RepeatedTest(3)
  void killedWhileWriting_hasAllThatWasAcknowledged() throws Exception {
    Set<String> put = new HashSet<>();
    Set<String> revoked = new HashSet<>();
    try (StoreProcess process = StoreProcess.start(List.of(), folder)) {
      assertThat(process.line()).isEqualTo("ready");
      process.say("write");
      int heard = 0;
      for (String line = process.line(); !line.isEmpty(); line = process.line()) {
        String[] words = line.split(" ", 2);
        (words[0].equals("put") ? put : revoked).add(words[1]);
        heard++;
        if (heard == LINES) {
          process.kill();
        }
      }
      assertThat(heard).isGreaterThanOrEqualTo(LINES);
    }

    try (ControlStore store =
        ControlStore.open(
            new StoreLocation.InFile(StoreProcess.file(folder)), StoreLimits.DEFAULT)) {
      assertThat(put).hasSizeGreaterThan(LINES / 2);
      for (String name : put) {
        assertThat(done(store.show(name))).as(name).isPresent();
      }
      for (String name : revoked) {
        assertThat(done(store.find(name, NOW))).as(name).isEmpty();
      }
      Changes changes = done(store.changesSince(0));
      assertThat(changes.revocations())
          .hasSize(Math.toIntExact(changes.version()))
          .hasSizeGreaterThanOrEqualTo(revoked.size());
    }
  }
}
