package io.gatehouse.appliance.journal.tail;

import java.nio.file.Path;
import java.util.Objects;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/** What the tail does not do: append to a file that is as long as it has to be and not there. */
final class SparseProcess {
  private SparseProcess() {}

  /** The directory. */
  @SuppressWarnings("SystemOut") // standard output is what the test reads
  public static void main(String[] arguments) {
    System.setProperty("chronicle.disk.monitor.disable", "true");
    System.setProperty("chronicle.announcer.disable", "true");
    System.out.println("ready");
    try {
      fill(Path.of(arguments[0]));
      System.out.println("all of it was written");
    } catch (InternalError e) {
      System.out.println("fault");
    }
  }

  private static void fill(Path directory) {
    byte[] entry = new byte[4096];
    try (ChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(directory)
                .blockSize(8 * TailConfig.LEAST_EPOCH_BYTES)
                .build();
        ExcerptAppender appender = queue.createAppender()) {
      for (int i = 0; i < 8000; i++) {
        try (DocumentContext document = appender.writingDocument()) {
          Objects.requireNonNull(document.wire()).bytes().write(entry);
        }
      }
    }
  }
}
