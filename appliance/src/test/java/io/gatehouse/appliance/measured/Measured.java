package io.gatehouse.appliance.measured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests counted when they count in full; {@code benchmarks/long/record} collects it. */
public final class Measured {
  private static final Path FOLDER = Path.of("target", "measured");

  private Measured() {}

  /**
   * Keeps a result under {@code -Plong}; otherwise it is printed only.
   *
   * @param seed what repeats it, or empty
   */
  public static void keep(Class<?> test, String what, String seed, String result)
      throws IOException {
    System.out.println(test.getSimpleName() + ": " + what + ": " + result);
    if (Boolean.getBoolean("gatehouse.long")) {
      Files.createDirectories(FOLDER);
      String name = test.getSimpleName() + "-" + what.replaceAll("[^A-Za-z0-9]+", "-") + ".txt";
      Files.writeString(
          FOLDER.resolve(name),
          what + "\n" + (seed.isEmpty() ? "none" : seed) + "\n" + result + "\n");
    }
  }
}
