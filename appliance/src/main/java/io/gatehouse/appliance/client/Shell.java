package io.gatehouse.appliance.client;

import java.util.Map;
import java.util.stream.Collectors;

/** The same environment as text for sh (POSIX, section 2.2.2). */
public final class Shell {
  private Shell() {}

  public static String exports(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(one -> "export " + one.getKey() + "=" + quoted(one.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
