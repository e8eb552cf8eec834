package io.gatehouse.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each example is a seed of the fuzz targets; {@code -Dgatehouse.seeds=write} writes them anew. */
class SeedsTest {
  private static final Path SEEDS =
      Path.of("src/test/resources/io/gatehouse/postgres/message/DecoderFuzzTestInputs");

  @Test
  void everyExampleIsASeed() throws IOException {
    Map<Path, byte[]> seeds = new HashMap<>();
    Example.all().forEach(example -> add(seeds, folder(example), name(example), typed(example)));
    StartupPacketTest.examples()
        .forEach(e -> add(seeds, "startup", e.packet().getClass().getSimpleName(), e.body()));
    for (Map.Entry<Path, byte[]> seed : seeds.entrySet()) {
      if ("write".equals(System.getProperty("gatehouse.seeds"))) {
        Files.createDirectories(seed.getKey().getParent());
        Files.write(seed.getKey(), seed.getValue());
      }
      assertThat(seed.getKey()).hasBinaryContent(seed.getValue());
    }
  }

  private static void add(Map<Path, byte[]> seeds, String folder, String name, byte[] input) {
    String unique = name + "-" + Integer.toHexString(Arrays.hashCode(input));
    seeds.put(SEEDS.resolve(folder).resolve(unique), input);
  }

  private static String folder(Example example) {
    return example.message() instanceof FrontendMessage ? "frontend" : "backend";
  }

  private static String name(Example example) {
    return example.message().getClass().getSimpleName();
  }

  private static byte[] typed(Example example) {
    byte[] body = example.body();
    byte[] input = new byte[body.length + 1];
    input[0] = example.message().type();
    System.arraycopy(body, 0, input, 1, body.length);
    return input;
  }
}
