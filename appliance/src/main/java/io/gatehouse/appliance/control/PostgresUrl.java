package io.gatehouse.appliance.control;

import java.util.Arrays;
import java.util.Set;

/** Which addresses of a PostgreSQL are taken: none with a secret in it, or that loads classes. */
final class PostgresUrl {
  private static final String START = "jdbc:postgresql:";
  private static final Set<String> PARAMETERS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslnegotiation",
          "channelBinding",
          "targetServerType");

  private PostgresUrl() {}

  static void check(String url) {
    if (!url.startsWith(START) || url.contains("@")) {
      throw new IllegalArgumentException(
          "the control store's url must begin with " + START + " and have no user in it");
    }
    for (String parameter : parameters(url)) {
      if (!PARAMETERS.contains(parameter)) {
        throw new IllegalArgumentException(
            "the control store's url may only have the parameters "
                + String.join(", ", PARAMETERS.stream().sorted().toList())
                + "; user and password have keys of their own");
      }
    }
  }

  static boolean says(String url, String parameter) {
    return Arrays.asList(parameters(url)).contains(parameter);
  }

  private static String[] parameters(String url) {
    int start = url.indexOf('?');
    return start < 0
        ? new String[0]
        : Arrays.stream(url.substring(start + 1).split("&", -1))
            .map(parameter -> parameter.split("=", 2)[0])
            .toArray(String[]::new);
  }
}
