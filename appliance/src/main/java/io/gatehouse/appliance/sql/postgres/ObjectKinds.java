package io.gatehouse.appliance.sql.postgres;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of object that CREATE, ALTER, DROP, COMMENT and SECURITY LABEL know. */
final class ObjectKinds {
  /** How the object's name is written behind the words of its kind. */
  enum Naming {
    /** One name, with dots or without. */
    PLAIN,
    /** A function with or without its arguments. */
    ROUTINE,
    /** A type. */
    TYPE,
    /** An operator with or without its arguments. */
    OPERATOR,
    /** A name of its table: {@code name ON table}. */
    ON_TABLE,
    /** A role. */
    ROLE,
    /** No name, or one that is not read. */
    UNREAD
  }

  private static final Map<Naming, List<String>> WORDS =
      Map.of(
          Naming.PLAIN,
          List.of(
              "table",
              "view",
              "materialized view",
              "index",
              "sequence",
              "foreign table",
              "collation",
              "conversion",
              "statistics",
              "text search parser",
              "text search dictionary",
              "text search template",
              "text search configuration",
              "schema",
              "extension",
              "foreign data wrapper",
              "server",
              "database",
              "tablespace",
              "publication",
              "subscription",
              "access method",
              "event trigger",
              "language",
              "procedural language",
              "operator class",
              "operator family",
              "column"),
          Naming.ROUTINE,
          List.of("function", "procedure", "routine", "aggregate"),
          Naming.TYPE,
          List.of("type", "domain"),
          Naming.OPERATOR,
          List.of("operator"),
          Naming.ON_TABLE,
          List.of("policy", "rule", "trigger", "constraint"),
          Naming.ROLE,
          List.of("role", "user", "group"),
          Naming.UNREAD,
          List.of("cast", "transform", "user mapping", "large object", "system", "assertion"));

  record Kind(String words, Naming naming) {}

  /** The longer first, so that no kind hides another one. */
  private static final List<Kind> KINDS =
      WORDS.entrySet().stream()
          .flatMap(entry -> entry.getValue().stream().map(word -> new Kind(word, entry.getKey())))
          .sorted(Comparator.comparingInt(kind -> -kind.words().length()))
          .toList();

  private ObjectKinds() {}

  /** Takes the words of a kind. */
  static Optional<Kind> take(Cursor cursor) {
    for (Kind kind : KINDS) {
      String[] words = kind.words().split(" ", -1);
      if (at(cursor, words)) {
        cursor.expect(words);
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static boolean at(Cursor cursor, String[] words) {
    for (int i = 0; i < words.length; i++) {
      if (!cursor.peek(i).word(words[i])) {
        return false;
      }
    }
    return !words[words.length - 1].equals("mapping") || mappingAhead(cursor);
  }

  /** Without FOR behind it, perhaps after IF EXISTS, MAPPING is the name of a user. */
  private static boolean mappingAhead(Cursor cursor) {
    return cursor.peek(2).word("for") || cursor.peek(2).word("if");
  }
}
