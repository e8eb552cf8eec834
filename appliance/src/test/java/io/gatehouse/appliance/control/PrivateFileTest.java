package io.gatehouse.appliance.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
  private static final int GATES = 4;

  @TempDir private Path folder;

  @Test
  void gatesThatComeAtOnce_allFindTheFile() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(GATES)) {
      for (int round = 0; round < 300; round++) {
        Path file = folder.resolve("store-" + round).resolve("store.db");
        CyclicBarrier start = new CyclicBarrier(GATES);
        List<Future<?>> gates = new ArrayList<>();
        for (int i = 0; i < GATES; i++) {
          gates.add(
              threads.submit(
                  () -> {
                    start.await();
                    PrivateFile.ensure(file);
                    return null;
                  }));
        }
        for (Future<?> gate : gates) {
          gate.get();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }
}
