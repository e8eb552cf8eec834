package io.gatehouse.appliance.control;

import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One step of the store's form, made once.
 *
 * @param number from 1, without gaps
 * @param name what it is about
 * @param sql statements for both databases, each ending with a semicolon at the end of a line
 */
record Migration(int number, String name, String sql) {
  private static final Pattern END = Pattern.compile(";\\s*(\\n|$)");

  String digest() {
    return HexFormat.of().formatHex(Sha256.digest(sql.getBytes(StandardCharsets.UTF_8)));
  }

  List<String> statements() {
    String code =
        sql.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    return Arrays.stream(END.split(code, -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
