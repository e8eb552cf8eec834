package io.gatehouse.appliance.sql.mysql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What SHOW can show.
 *
 * @param words with its modifiers, in the spelling that others are taken for
 */
record Shown(String words, Tail tail) {

  /** What may follow the words. */
  enum Tail {
    NOTHING,
    /** LIKE or WHERE. */
    FILTER,
    /** FROM a database, and LIKE or WHERE. */
    OF_DATABASE,
    /** FROM a table, and LIKE or WHERE. */
    OF_TABLE,
    LIMIT,
    DATABASE_NAME,
    QUALIFIED_NAME,
    ENGINE,
    CHANNEL,
    EVENTS,
    PROFILE
  }

  private static final int MOST_WORDS = 4;
  private static final Map<String, Tail> COMMON = new TreeMap<>();
  private static final Map<String, Tail> OF_MYSQL = new TreeMap<>();
  private static final Map<String, Tail> OF_MARIADB = new TreeMap<>();
  private static final Map<String, Tail> SINCE_8_0_22 = new TreeMap<>();
  private static final Map<String, Tail> SINCE_8_2 = new TreeMap<>();

  static {
    put(COMMON, Tail.FILTER, "databases", "character set", "collation", "procedure status");
    put(COMMON, Tail.FILTER, "function status", "variables", "global variables", "status");
    put(COMMON, Tail.FILTER, "session variables", "global status", "session status");
    put(COMMON, Tail.OF_DATABASE, "tables", "full tables", "table status", "open tables", "events");
    put(COMMON, Tail.OF_DATABASE, "triggers", "full triggers");
    put(COMMON, Tail.OF_TABLE, "columns", "full columns", "index");
    put(COMMON, Tail.NOTHING, "engines", "storage engines", "plugins", "privileges", "profiles");
    put(COMMON, Tail.NOTHING, "processlist", "full processlist", "binary logs", "slave hosts");
    put(COMMON, Tail.NOTHING, "master status");
    put(COMMON, Tail.LIMIT, "warnings", "errors");
    put(COMMON, Tail.DATABASE_NAME, "create database");
    put(COMMON, Tail.QUALIFIED_NAME, "create table", "create view", "create procedure");
    put(COMMON, Tail.QUALIFIED_NAME, "create function", "create trigger", "create event");
    put(COMMON, Tail.ENGINE, "engine");
    put(COMMON, Tail.EVENTS, "binlog events", "relaylog events");
    put(COMMON, Tail.CHANNEL, "slave status");
    put(COMMON, Tail.PROFILE, "profile");
    put(OF_MYSQL, Tail.OF_DATABASE, "extended tables", "extended full tables");
    put(OF_MYSQL, Tail.OF_TABLE, "extended columns", "extended full columns", "extended index");
    put(OF_MARIADB, Tail.NOTHING, "all slaves status", "all replicas status", "replica hosts");
    put(OF_MARIADB, Tail.NOTHING, "binlog status", "authors", "contributors", "replica status");
    put(OF_MARIADB, Tail.FILTER, "package status", "package body status");
    put(OF_MARIADB, Tail.QUALIFIED_NAME, "create sequence", "create package");
    put(OF_MARIADB, Tail.QUALIFIED_NAME, "create package body");
    put(OF_MARIADB, Tail.FILTER, "user_statistics", "client_statistics", "index_statistics");
    put(OF_MARIADB, Tail.FILTER, "table_statistics");
    put(SINCE_8_0_22, Tail.NOTHING, "replicas");
    put(SINCE_8_0_22, Tail.CHANNEL, "replica status");
    put(SINCE_8_2, Tail.NOTHING, "binary log status");
  }

  private static void put(Map<String, Tail> shown, Tail tail, String... words) {
    for (String each : words) {
      shown.put(each, tail);
    }
  }

  /** The longest run of words that is something; they are taken. */
  static Optional<Shown> at(Cursor cursor) {
    for (int count = MOST_WORDS; count > 0; count--) {
      String words = words(cursor, count);
      Optional<Tail> tail = tail(words, cursor.settings);
      if (tail.isPresent()) {
        for (int i = 0; i < count; i++) {
          cursor.next();
        }
        return Optional.of(new Shown(words, tail.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Tail> tail(String words, LexerSettings settings) {
    return tables(settings).stream()
        .filter(table -> table.containsKey(words))
        .map(table -> table.get(words))
        .findFirst();
  }

  private static List<Map<String, Tail>> tables(LexerSettings settings) {
    if (settings.mariadb()) {
      return List.of(COMMON, OF_MARIADB);
    }
    if (settings.version() < 80022) {
      return List.of(COMMON, OF_MYSQL);
    }
    return settings.version() < 80200
        ? List.of(COMMON, OF_MYSQL, SINCE_8_0_22)
        : List.of(COMMON, OF_MYSQL, SINCE_8_0_22, SINCE_8_2);
  }

  private static String words(Cursor cursor, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(spelling(Cursor.word(cursor.peek(i)), i));
    }
    return switch (words.toString()) {
      case "charset", "char set" -> "character set";
      case "master logs" -> "binary logs";
      default -> words.toString();
    };
  }

  /** The one spelling of words that mean the same here. */
  private static String spelling(String word, int place) {
    return switch (word) {
      case "schemas" -> "databases";
      case "schema" -> "database";
      case "fields" -> "columns";
      case "indexes", "keys" -> "index";
      case "local" -> place == 0 ? "session" : word;
      default -> word;
    };
  }
}
