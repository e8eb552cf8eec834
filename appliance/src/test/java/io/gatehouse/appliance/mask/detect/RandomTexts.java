package io.gatehouse.appliance.mask.detect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Texts of pieces that are something, nearly something, or nothing. One seed, one sequence. */
final class RandomTexts {
  private static final List<String> PIECES =
      List.of(
          "4111111111111111",
          "5500 0055 5555 5559",
          "3400-000000-00009",
          "3000 000000 0004",
          "6011000990139424",
          "4222222222222",
          "4000000000000000006",
          "4111111111111112",
          "536-22-8726",
          "536 22 8726",
          "000-12-3456",
          "666-12-3456",
          "078-05-1120",
          "900-12-3456",
          "DE89370400440532013000",
          "DE89 3704 0044 0532 0130 00",
          "CH9300762011623852957",
          "GB82 WEST 1234 5698 7654 32",
          "NO9386011117947",
          "DE00370400440532013000",
          "joe@example.com",
          "a.b+c@x-y.example.org",
          "..x@y.zz",
          "a@b",
          "@c.de",
          "x@-a.com",
          "212-555-1234",
          "(212) 555-1234",
          "(212)555.1234",
          "112-555-1234",
          "212.555.1234",
          "10.1.2.3",
          "255.255.255.255",
          "256.1.1.1",
          "1.2.3",
          "01.2.3.4",
          "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
          "eyJhbGci.eyJzdWIi.sig-_",
          "eyJ.eyJ.x",
          "-----BEGIN RSA PRIVATE KEY-----",
          "-----END RSA PRIVATE KEY-----",
          "-----BEGIN X-----",
          "-----BEGIN PGP PRIVATE KEY BLOCK-----",
          "-----",
          "AKIA" + "ABCDEFGHIJKLMNOP",
          "ASIA" + "0123456789ABCDEF",
          "AKIA",
          "AIza" + "x".repeat(35),
          "AIza" + "-".repeat(36),
          "ghp_" + "a1".repeat(18),
          "ghx_" + "a1".repeat(18),
          "github_pat_" + "a_".repeat(11),
          "glpat-" + "a-".repeat(10),
          "xoxb-" + "1-a".repeat(4),
          "xoxz-1234567890",
          "sk_live_" + "a".repeat(16),
          "sk_test_" + "a".repeat(16));

  private static final List<String> GLUE =
      List.of(
          " ", " ", " ", "-", ".", ",", "\n", "_", "0", "9", "a", "Z", "(", ")", "@", "/", "+", ":",
          "ü", "€", "\0", "--", "..", " 4", "");

  private final Random random;

  RandomTexts(long seed) {
    random = new Random(seed);
  }

  byte[] next() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.writeBytes(changed(PIECES.get(random.nextInt(PIECES.size()))));
      for (int j = random.nextInt(3); j > 0; j--) {
        text.writeBytes(GLUE.get(random.nextInt(GLUE.size())).getBytes(StandardCharsets.UTF_8));
      }
    }
    return text.toByteArray();
  }

  /** Mostly as it is; else with a byte changed, taken away or put in. */
  private byte[] changed(String piece) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> {
        bytes[at] = (byte) " -.09aZ@_/+".charAt(random.nextInt(11));
        yield bytes;
      }
      case 1 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> java.util.Arrays.copyOf(bytes, at);
      case 3 -> java.util.Arrays.copyOfRange(bytes, at, bytes.length);
      default -> bytes;
    };
  }
}
