package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service manager that changes its mind. */
final class EarlyStopIT {
  @TempDir private Path folder;

  @Test
  void toldToStopWhileItStarts_endsAsIfItHadBeenTheWholeTime() throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    ServedGate.Ports ports = ServedGate.configure(folder, 1, journal, "");
    try (ServedGate gate = ServedGate.launch(folder, ports, List.of())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> gate.output().contains("journal is sealed"));
      assertThat(gate.stop()).as(gate::output).isZero();
    }
    assertThat(journal.audit().findings()).isEmpty();
  }
}
