package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.StartupMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a StartupMessage asks for, checked against the listener's allow-list.
 *
 * @param user who the client wants to be
 * @param database which database it wants; the user's name if it does not say
 * @param minor the protocol's minor version both sides will speak
 * @param parameters what goes upstream, options first because the server reads them first
 * @param unrecognized protocol extensions that the client offered and nobody here knows
 * @param downgraded whether the client asked for a newer minor version
 */
record Wish(
    String user,
    String database,
    int minor,
    Map<String, String> parameters,
    List<String> unrecognized,
    boolean downgraded) {

  static final int NEWEST_MINOR = 2;

  /** Reserved for protocol extensions ("Message Formats", StartupMessage). */
  private static final String EXTENSION_PREFIX = "_pq_.";

  private static final String REPLICATION = "replication";
  private static final Set<String> NOT_SETTINGS =
      Set.of("user", "database", "options", REPLICATION);

  static Wish of(StartupMessage startup, Set<String> allowed) throws StartupOptions.Rejected {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> unrecognized = new ArrayList<>();
    String options = startup.parameters().get("options");
    if (options != null) {
      settings.putAll(StartupOptions.parse(options));
      checkSettings(settings.keySet());
    }
    for (var parameter : startup.parameters().entrySet()) {
      String name = parameter.getKey();
      if (name.startsWith(EXTENSION_PREFIX)) {
        unrecognized.add(name);
      } else if (!name.equals("user") && !name.equals("database") && !name.equals("options")) {
        settings.put(name, parameter.getValue());
      }
    }
    for (String name : settings.keySet()) {
      checkAllowed(name.toLowerCase(Locale.ROOT), allowed);
    }
    String user = startup.parameters().getOrDefault("user", "");
    if (user.isEmpty()) {
      throw new StartupOptions.Rejected("no PostgreSQL user name specified in startup packet");
    }
    String database = startup.parameters().getOrDefault("database", "");
    return new Wish(
        user,
        database.isEmpty() ? user : database,
        Math.min(startup.minor(), NEWEST_MINOR),
        settings,
        unrecognized,
        startup.minor() > NEWEST_MINOR);
  }

  /** What a start-up packet says for itself is no setting, and must not come in as one. */
  private static void checkSettings(Set<String> names) throws StartupOptions.Rejected {
    for (String name : names) {
      if (NOT_SETTINGS.contains(name) || name.startsWith(EXTENSION_PREFIX)) {
        throw new StartupOptions.Rejected(
            "the start-up parameter \"options\" cannot set \"" + name + "\"");
      }
    }
  }

  /** Replication changes the whole protocol, so that "everything" does not include it. */
  private static void checkAllowed(String name, Set<String> allowed)
      throws StartupOptions.Rejected {
    boolean everything = allowed.contains("*") && !name.equals(REPLICATION);
    if (!everything && !allowed.contains(name)) {
      throw new StartupOptions.Rejected(
          "the gateway does not accept the start-up parameter \"" + name + "\"");
    }
  }
}
