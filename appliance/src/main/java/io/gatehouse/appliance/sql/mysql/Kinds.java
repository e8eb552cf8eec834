package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Kinds of objects whose definitions are read no further than their names. */
enum Kinds {
  DATABASE("database", Naming.SIMPLE),
  SCHEMA("schema", Naming.SIMPLE),
  SERVER("server", Naming.NAME_OR_STRING),
  UNDO_TABLESPACE("undo tablespace", Naming.SIMPLE),
  TABLESPACE("tablespace", Naming.SIMPLE),
  LOGFILE_GROUP("logfile group", Naming.SIMPLE),
  RESOURCE_GROUP("resource group", Naming.SIMPLE),
  SPATIAL_REFERENCE_SYSTEM("spatial reference system", Naming.NUMBER),
  SEQUENCE("sequence", Naming.QUALIFIED);

  private enum Naming {
    SIMPLE,
    QUALIFIED,
    NAME_OR_STRING,
    NUMBER
  }

  private final String words;
  private final Naming naming;

  Kinds(String words, Naming naming) {
    this.words = words;
    this.naming = naming;
  }

  String words() {
    return this == SCHEMA ? DATABASE.words : words;
  }

  private boolean on(LexerSettings settings) {
    return switch (this) {
      case SEQUENCE -> settings.mariadb();
      case UNDO_TABLESPACE, RESOURCE_GROUP, SPATIAL_REFERENCE_SYSTEM, TABLESPACE, LOGFILE_GROUP ->
          settings.mysql();
      case DATABASE, SCHEMA, SERVER -> true;
    };
  }

  /** The kind whose words stand here; they are taken. */
  static Optional<Kinds> take(Cursor cursor) {
    for (Kinds kind : values()) {
      String[] words = kind.words.split(" ", -1);
      if (kind.on(cursor.settings) && at(cursor, words)) {
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
    return true;
  }

  /** The name of one, as it is written for its kind. */
  QualifiedName name(Grammar grammar) {
    return switch (naming) {
      case SIMPLE -> new QualifiedName(List.of(grammar.names.name()));
      case QUALIFIED -> grammar.names.qualifiedName();
      case NAME_OR_STRING -> new QualifiedName(List.of(grammar.names.nameOrString()));
      case NUMBER -> new QualifiedName(List.of(Name.of(grammar.cursor.expect(Kind.INTEGER))));
    };
  }
}
