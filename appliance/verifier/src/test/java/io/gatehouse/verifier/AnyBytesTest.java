package io.gatehouse.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files may hold anything: there is always a verdict, and it is never a good one. */
class AnyBytesTest {
  private static final int CASES = Boolean.getBoolean("gatehouse.long") ? 20_000 : 400;
  private static final long SEED = Long.getLong("gatehouse.seed", 7L);
  private static final String KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  @TempDir private Path directory;

  @Test
  void anyBytesInAnyFile_giveAVerdict() throws Exception {
    List<String> names =
        List.of(
            "segments/00000000000000000000.rows",
            "segments/00000000000000000009.rows",
            "segments/00000000000000000000.0.payload",
            "segments/09999999999999999999.rows",
            "tree/checkpoint",
            "tree/checkpoints.log",
            "tree/tile/0/000",
            "tree/tile/0/000.p/3",
            "tail/0/0/a.cq4",
            "tail/1/0/b.cq4");
    for (String name : names) {
      Files.createDirectories(directory.resolve(name).getParent());
    }
    List<VerifierKey> keys = List.of(VerifierKey.parse(KEY));
    for (int i = 0; i < CASES; i++) {
      Random random = new Random((SEED + i) * 0x9E3779B97F4A7C15L);
      for (String name : names) {
        Files.write(directory.resolve(name), content(random, name));
      }
      Report report = Verification.verify(directory, keys, content(random, "note"), finding -> {});
      assertThat(report.exitCode()).as("seed %d", SEED + i).isPositive();
      assertThat(report.counts()).doesNotContainKey(Kind.UNREADABLE);
    }
  }

  private static byte[] content(Random random, String name) {
    byte[] noise = new byte[random.nextInt(2_000)];
    random.nextBytes(noise);
    if (random.nextInt(3) == 0) {
      java.util.Arrays.fill(noise, (byte) random.nextInt(256));
    }
    if (name.endsWith(".rows") && noise.length >= 128 && random.nextBoolean()) {
      // rows that look like rows: recovered and pruned ones, with lengths near the file's
      ByteBuffer row = ByteBuffer.wrap(noise);
      for (int at = 0; at + 128 <= noise.length; at += 128) {
        row.put(at, (byte) 1)
            .put(at + 1, (byte) (3 + random.nextInt(3)))
            .putShort(at + 2, (short) 0);
        row.putInt(at + 4, random.nextInt(64) - 2).putLong(at + 8, at / 128);
      }
    }
    if (name.endsWith(".cq4") && random.nextBoolean()) {
      ByteBuffer queue = ByteBuffer.wrap(noise).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at + 4 <= noise.length; at += 4 * (1 + random.nextInt(60))) {
        queue.putInt(at, random.nextInt(300) | random.nextInt(4) << 30);
      }
    }
    if (name.startsWith("tree/check") || name.equals("note")) {
      String text =
          "PeterNeumann\n3\n" + "\n".repeat(random.nextInt(3)) + "\u2014 PeterNeumann x08go/ZJ\n";
      return random.nextBoolean()
          ? noise
          : text.repeat(random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
    }
    return noise;
  }

  @Test
  void cborOfAnyBytes_isAMapOrNothing() {
    for (int i = 0; i < 50 * CASES; i++) {
      Random random = new Random((SEED + i) * 0x9E3779B97F4A7C15L);
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) (0xa0 | random.nextInt(8));
      }
      Cbor.map(bytes);
    }
    assertThat(Cbor.map(new byte[] {(byte) 0xa1, 5, (byte) 0xf5}))
        .isEqualTo(java.util.Map.of(5L, true));
    assertThat(Cbor.map(new byte[] {(byte) 0xa1, 5, (byte) 0x9b, 127, 1, 1, 1, 1, 1, 1, 1}))
        .isNull();
  }

  @Test
  void main_saysHowItIsUsed_andWhatItFound() throws Exception {
    assertThat(run()).startsWith("2 usage");
    assertThat(run("dir", "--key")).startsWith("2 usage");
    assertThat(run(directory.toString(), "--key", "nothing")).startsWith("2 cannot verify");
    assertThat(run(directory.toString(), "--key", KEY, "--since", "not there"))
        .startsWith("2 cannot verify");

    String said =
        run(
            directory.toString(),
            "--key",
            Files.writeString(directory.resolve("key"), KEY + "\n").toString());
    assertThat(said)
        .startsWith(Kind.MISSING.exitCode() + " ")
        .contains("MISSING tree/checkpoint at 0")
        .contains("NOT VERIFIED");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = Main.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
    return code + " " + out.toString(StandardCharsets.UTF_8);
  }
}
