package io.gatehouse.appliance.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the programs of a test can be sent. Where the build itself was started by nohup, none of
 * them hears of a hang-up; where it was started in the background of a script, of an interrupt.
 */
public final class Signals {
  private static final int HANG_UP = 1;
  private static final int INTERRUPT = 2;

  private Signals() {}

  /** That end a program, by their names; never none. */
  public static List<String> heard() throws IOException {
    List<String> heard = new ArrayList<>();
    if (!ignored(INTERRUPT)) {
      heard.add("INT");
    }
    if (!ignored(HANG_UP)) {
      heard.add("HUP");
    }
    heard.add("TERM");
    return heard;
  }

  /** Children inherit what is ignored: see signal(7). */
  private static boolean ignored(int signal) throws IOException {
    long ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElseThrow();
    return (ignored >>> (signal - 1) & 1) == 1;
  }
}
