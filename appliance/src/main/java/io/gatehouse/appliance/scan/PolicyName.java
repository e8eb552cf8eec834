package io.gatehouse.appliance.scan;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names as policies write them: a part with anything odd in it stands in double quotes. */
final class PolicyName {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** A policy takes none, and in a comment they would end it. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private PolicyName() {}

  static String of(String... parts) {
    return Stream.of(parts).map(PolicyName::part).collect(Collectors.joining("."));
  }

  private static String part(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + shown(name).replace("\"", "\"\"") + '"';
  }

  static String shown(String name) {
    return CONTROL.matcher(name).replaceAll("?");
  }

  /** Whether a policy can name it. */
  static boolean possible(String name) {
    return !CONTROL.matcher(name).find();
  }

  /** As a value in YAML. */
  static String yaml(String name) {
    return name.indexOf('"') < 0 ? name : "'" + name.replace("'", "''") + "'";
  }
}
