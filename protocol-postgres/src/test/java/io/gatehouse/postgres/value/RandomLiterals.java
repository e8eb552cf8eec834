package io.gatehouse.postgres.value;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Input texts for each type, edges first. One seed, one sequence. */
final class RandomLiterals {
  private final Random random;

  RandomLiterals(long seed) {
    random = new Random(seed);
  }

  String next(String type) {
    return switch (type) {
      case "bool" -> random.nextBoolean() ? "t" : "f";
      case "int2" -> Short.toString((short) random.nextInt());
      case "int4" -> Integer.toString(skewed(32).intValue());
      case "int8" -> Long.toString(skewed(64));
      case "oid" -> Long.toString(skewed(64) & 0xFFFF_FFFFL);
      case "float4" -> or(List.of("NaN", "Infinity", "-Infinity", "-0"), float4());
      case "float8" ->
          or(List.of("NaN", "Infinity", "-Infinity", "-0", "1e23", "5e-324"), float8());
      case "numeric" -> or(List.of("NaN", "Infinity", "-Infinity", "0", "0.000"), numeric());
      case "text", "varchar", "bpchar", "unknown" -> text(20);
      case "name" -> text(10);
      case "\"char\"" -> or(List.of("", "\\377", "\\200"), (char) (' ' + random.nextInt(95)) + "");
      case "bytea" -> bytea();
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "json", "jsonb" -> json();
      case "date" ->
          or(List.of("infinity", "-infinity", "5874897-12-31", "4714-11-24 BC"), date() + era());
      case "timestamp" ->
          or(List.of("infinity", "-infinity", "4714-11-24 00:00:00 BC"), date() + time() + era());
      case "timestamptz" ->
          or(
              List.of("infinity", "-infinity", "294276-12-31 23:59:59.999999+00"),
              date() + time() + "+00" + era());
      case "time" -> or(List.of("24:00:00", "00:00:00", "23:59:59.999999"), time().strip());
      case "timetz" ->
          or(List.of("24:00:00-15:59:59", "00:00:00+15:59"), time().strip() + offset());
      case "inet" ->
          or(List.of("::", "::1", "::2", "0.0.0.0/0", "::ffff:1.2.3.4/96"), address(false));
      case "cidr" -> or(List.of("::/0", "10.0.0.0/8", "::ffff:1.2.0.0/112"), address(true));
      case "macaddr" -> String.format(Locale.ROOT, "%012x", random.nextLong() >>> 16);
      // a parameter has no length, and bit without one is bit(1) only where it is cast
      case "bit", "varbit" -> or(List.of("", "0", "11111111"), bits());
      case "xml" -> or(List.of("", "x", "<a b='c'>\u00FC</a>"), "<a>" + digits(5) + "</a>");
      default -> throw new IllegalArgumentException(type);
    };
  }

  private String bits() {
    StringBuilder bits = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      bits.append(random.nextBoolean() ? '1' : '0');
    }
    return bits.toString();
  }

  private String offset() {
    return String.format(
        Locale.ROOT,
        "%s%02d:%02d:%02d",
        random.nextBoolean() ? "+" : "-",
        random.nextInt(16),
        15 * random.nextInt(4),
        random.nextInt(4) == 0 ? random.nextInt(60) : 0);
  }

  /**
   * With zeros in runs, which are written in another way; without host bits if it must have none.
   */
  private String address(boolean network) {
    byte[] address = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(address);
    for (int i = 0; i < address.length; i += 2) {
      if (random.nextInt(2) == 0) {
        address[i] = 0;
        address[i + 1] = (byte) (random.nextInt(3) == 0 ? 1 : 0);
      }
    }
    if (address.length == 16 && random.nextInt(4) == 0) {
      Arrays.fill(address, 0, 10, (byte) 0);
      Arrays.fill(address, 10, 12, (byte) (random.nextBoolean() ? 0xFF : 0));
    }
    int bits = random.nextInt(8 * address.length + 1);
    for (int i = bits; network && i < 8 * address.length; i++) {
      address[i / 8] &= (byte) ~(0x80 >> i % 8);
    }
    return written(address) + (network || random.nextBoolean() ? "/" + bits : "");
  }

  /** In full, so that the server shortens it. */
  private static String written(byte[] address) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < address.length; i++) {
      if (address.length == 4) {
        text.append(i == 0 ? "" : ".").append(address[i] & 0xFF);
      } else {
        text.append(i == 0 || i % 2 == 1 ? "" : ":")
            .append(String.format(Locale.ROOT, "%02x", address[i]));
      }
    }
    return text.toString();
  }

  private String or(List<String> edges, String usual) {
    return random.nextInt(8) == 0 ? edges.get(random.nextInt(edges.size())) : usual;
  }

  /** Short numbers as often as long ones. */
  private Long skewed(int bits) {
    return random.nextLong() >> (64 - bits) >> random.nextInt(bits);
  }

  private String float4() {
    float number = Float.intBitsToFloat(random.nextInt());
    float usual = random.nextInt(2_000_000) / 1000f;
    return Float.toString(Float.isFinite(number) && random.nextBoolean() ? number : usual);
  }

  private String float8() {
    double number = Double.longBitsToDouble(random.nextLong());
    double usual =
        switch (random.nextInt(4)) {
          case 0 -> Math.scalb(1.0, random.nextInt(2000) - 1000);
          case 1 -> Math.pow(10, random.nextInt(300));
          case 2 -> random.nextLong();
          default -> random.nextInt(2_000_000) / 1000.0;
        };
    return Double.toString(Double.isFinite(number) && random.nextBoolean() ? number : usual);
  }

  private String numeric() {
    StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-" : "");
    digits.append(digits(1 + random.nextInt(30)));
    if (random.nextBoolean()) {
      digits.append('.').append(digits(1 + random.nextInt(30)));
    }
    return digits.toString();
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    boolean zeros = random.nextInt(3) == 0;
    for (int i = 0; i < count; i++) {
      digits.append(zeros && random.nextInt(4) > 0 ? 0 : random.nextInt(10));
    }
    return digits.toString();
  }

  private String text(int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i > 0; i--) {
      int[] alphabet = {'a', 'Z', ' ', '\n', '\'', '"', '\\', 'ü', '€', 0x1F600, 1, 0x7F};
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  private String bytea() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return "\\x" + HexFormat.of().formatHex(bytes);
  }

  private String json() {
    return "{\"a\": [1, null, true, " + skewed(64) + "], \"ü\": \"x\\n\"}";
  }

  private String date() {
    int year = random.nextInt(4) == 0 ? 1 + random.nextInt(4000) : 1900 + random.nextInt(200);
    return String.format(
        Locale.ROOT, "%04d-%02d-%02d", year, 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private String time() {
    String clock =
        String.format(
            Locale.ROOT,
            " %02d:%02d:%02d",
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60));
    return random.nextBoolean()
        ? clock
        : clock + String.format(Locale.ROOT, ".%06d", random.nextInt(1_000_000));
  }

  private String era() {
    return random.nextInt(8) == 0 ? " BC" : "";
  }
}
