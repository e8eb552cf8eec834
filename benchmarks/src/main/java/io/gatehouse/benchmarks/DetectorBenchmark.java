package io.gatehouse.benchmarks;

import io.gatehouse.appliance.mask.detect.Detector;
import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.appliance.mask.detect.Kind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What does it cost to look through 64 KiB for everything that has a form? */
@SuppressWarnings("NullAway.Init") // JMH calls what is annotated with Setup first
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DetectorBenchmark {
  private static final int LENGTH = 64 << 10;
  private static final long SEED = 1;

  /** Words; rows as an export has them; rows in which every one has something. */
  @Param({"prose", "numbers", "findings"})
  private String corpus;

  private final Detector detector = new Detector(EnumSet.allOf(Kind.class), List.of());
  private byte[] text;

  /** Writes the text. */
  @Setup
  public void write() {
    Random random = new Random(SEED);
    StringBuilder written = new StringBuilder(LENGTH + 100);
    while (written.length() < LENGTH) {
      written.append(
          switch (corpus) {
            case "prose" -> word(random);
            case "numbers" -> row(random);
            default -> row(random) + ",joe@example.com,4111 1111 1111 1111\n";
          });
    }
    text = written.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(9); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.append(random.nextInt(8) == 0 ? ". " : " ").toString();
  }

  private static String row(Random random) {
    return random.nextInt(1_000_000)
        + ",2026-11-"
        + (10 + random.nextInt(20))
        + ",\""
        + word(random)
        + "\","
        + random.nextInt(100_000)
        + "."
        + (10 + random.nextInt(90))
        + "\n";
  }

  @Benchmark
  public List<Finding> look() {
    return detector.find(text, 0, text.length);
  }
}
