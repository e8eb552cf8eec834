package io.gatehouse.appliance.masking.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code evasions.txt}. */
final class MysqlEvasions {
  private static final Pattern HEAD = Pattern.compile("-- (\\S+) \\[([a-z, ]+)] (.+)");
  private static final Pattern BYTES = Pattern.compile("(?:\\\\x[0-9a-f]{2})+");
  private static final Pattern DIGITS = Pattern.compile("\\\\x");

  private MysqlEvasions() {}

  static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(MysqlEvasions.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order of the file. */
  static List<MysqlEvasion> all() {
    return Arrays.stream(text("evasions.txt").split("\n\n"))
        .flatMap(MysqlEvasions::evasion)
        .toList();
  }

  private static Stream<MysqlEvasion> evasion(String block) {
    List<String> lines = block.strip().lines().toList();
    Matcher head = HEAD.matcher(lines.getFirst());
    if (!head.matches()) {
      return Stream.empty();
    }
    List<String> steps = lines.stream().skip(1).map(MysqlEvasions::bytes).toList();
    return Stream.of(MysqlEvasion.of(head.group(1), head.group(2), head.group(3), steps));
  }

  private static String bytes(String line) {
    return BYTES
        .matcher(line)
        .replaceAll(
            hex ->
                Matcher.quoteReplacement(
                    new String(
                        HexFormat.of().parseHex(DIGITS.matcher(hex.group()).replaceAll("")),
                        StandardCharsets.UTF_8)));
  }
}
