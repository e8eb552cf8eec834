package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.appliance.sql.mysql.LexerSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the session's server said of how it reads text.
 *
 * @param version as in version comments: 80015 for 8.0.15
 * @param modes of {@code sql_mode}, upper-case
 * @param charset {@code character_set_client}, lower-case
 * @param namesIgnoreCase whether databases and tables of names that differ in case are one
 * @param hiddenTables whether code that nobody read may have made temporary tables
 */
public record SessionSettings(
    Flavour flavour,
    int version,
    Set<String> modes,
    String charset,
    boolean namesIgnoreCase,
    boolean hiddenTables) {
  /** As the server's variables are called, so that they are easily found. */
  public static final String VERSION = "version";

  public static final String SQL_MODE = "sql_mode";
  public static final String CHARSET = "character_set_client";
  public static final String NAMES_IGNORE_CASE = "lower_case_table_names";

  private static final int MAX_TOKENS = 200_000;
  private static final int MAX_DEPTH = 200;
  private static final Set<String> UNICODE = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

  /** They have a grammar, or a catalog, of their own. */
  private static final Set<String> UNREAD_MODES = Set.of("ORACLE", "MSSQL", "DB2", "MAXDB");

  public SessionSettings {
    modes = Set.copyOf(modes);
  }

  public static SessionSettings of(Map<String, String> told) {
    String version = told.getOrDefault(VERSION, "");
    if (version.isEmpty()) {
      throw DoubtException.awaitingNames("the session's settings");
    }
    return new SessionSettings(
        version.toLowerCase(Locale.ROOT).contains("mariadb") ? Flavour.MARIADB : Flavour.MYSQL,
        number(version),
        Arrays.stream(told.getOrDefault(SQL_MODE, "").split(","))
            .filter(mode -> !mode.isEmpty())
            .map(mode -> mode.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        told.getOrDefault(CHARSET, "").toLowerCase(Locale.ROOT),
        !told.getOrDefault(NAMES_IGNORE_CASE, "0").equals("0"),
        told.getOrDefault(NameState.HIDDEN_TABLES, "").equals("yes"));
  }

  private static int number(String version) {
    String[] parts = version.split("[^0-9]+", 4);
    try {
      return Integer.parseInt(parts[0]) * 10_000
          + Integer.parseInt(parts[1]) * 100
          + Integer.parseInt(parts[2]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw DoubtException.of("the server tells no version that the gate can read");
    }
  }

  /** How a text of the session is read; one in another character set only if it is plain ASCII. */
  public LexerSettings reading(String sql) {
    if (modes.stream().anyMatch(UNREAD_MODES::contains)) {
      throw DoubtException.of("the session's sql_mode has a grammar that the gate does not read");
    }
    if (!UNICODE.contains(charset) && !sql.chars().allMatch(c -> c < 128)) {
      throw DoubtException.of("the session sends text in " + charset + "; use SET NAMES utf8mb4");
    }
    return new LexerSettings(
        flavour,
        version,
        modes.contains("ANSI_QUOTES"),
        !modes.contains("NO_BACKSLASH_ESCAPES"),
        MAX_TOKENS,
        MAX_DEPTH,
        new LexerSettings.Modes(
            modes.contains("PIPES_AS_CONCAT"),
            modes.contains("HIGH_NOT_PRECEDENCE"),
            modes.contains("IGNORE_SPACE")));
  }
}
