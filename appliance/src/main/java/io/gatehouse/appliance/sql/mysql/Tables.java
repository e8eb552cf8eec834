package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.CreateTable;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CREATE TABLE: a query may stand at its end, so everything before that is read. */
final class Tables {
  /** Some of them are reserved on MariaDB. */
  private static final Set<String> OPTIONS =
      Set.of(
          "tablespace",
          "storage",
          "engine",
          "max_rows",
          "min_rows",
          "avg_row_length",
          "password",
          "comment",
          "auto_increment",
          "pack_keys",
          "stats_auto_recalc",
          "stats_persistent",
          "stats_sample_pages",
          "checksum",
          "table_checksum",
          "delay_key_write",
          "row_format",
          "insert_method",
          "compression",
          "encryption",
          "connection",
          "key_block_size",
          "secondary_engine",
          "autoextend_size",
          "engine_attribute",
          "secondary_engine_attribute",
          "page_checksum",
          "charset");

  private static final Set<String> PARTITION_WORDS =
      Set.of(
          "linear",
          "hash",
          "key",
          "algorithm",
          "range",
          "columns",
          "list",
          "partitions",
          "subpartition",
          "by",
          "subpartitions",
          "system_time",
          "auto",
          "limit",
          "interval");

  /** Behind which parentheses hold columns or an expression. */
  private static final Set<String> KEYED = Set.of("hash", "key", "range", "list", "columns");

  private final Grammar grammar;
  private final Cursor cursor;
  private final Skips skips;
  private final List<QualifiedName> mentioned = new ArrayList<>();

  Tables(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.skips = utilities.skips;
  }

  Statement create(boolean orReplace) {
    boolean temporary = cursor.take("temporary");
    if (cursor.settings.mariadb() && temporary && cursor.take("sequence")) {
      return temporarySequence(orReplace);
    }
    cursor.expect("table");
    boolean ifNotExists = cursor.take("if");
    if (ifNotExists) {
      cursor.expect("not", "exists");
    }
    QualifiedName table = grammar.names.qualifiedName();
    mentioned.clear();
    Optional<QualifiedName> like = like();
    Optional<Query> query = Optional.empty();
    if (like.isEmpty()) {
      boolean columns = cursor.atSymbol("(") && !queryInParentheses();
      if (columns && cursor.peek(1).symbol(")")) {
        throw cursor.unexpected();
      }
      if (columns) {
        references(skips.parentheses());
      }
      options();
      partitions();
      query = query();
      if (!columns && query.isEmpty()) {
        throw cursor.unexpected();
      }
    }
    return new CreateTable(table, temporary, orReplace, ifNotExists, like, mentioned, query);
  }

  private Definition temporarySequence(boolean orReplace) {
    boolean ifNotExists = cursor.take("if");
    if (ifNotExists) {
      cursor.expect("not", "exists");
    }
    List<QualifiedName> names = List.of(grammar.names.qualifiedName());
    boolean read = cursor.atEnd();
    skips.rest();
    return new Definition(
        Verb.CREATE, "sequence", names, Optional.empty(), true, orReplace, ifNotExists, read);
  }

  private Optional<QualifiedName> like() {
    if (cursor.take("like")) {
      return Optional.of(grammar.names.qualifiedName());
    }
    if (cursor.atSymbol("(") && cursor.peek(1).word("like")) {
      cursor.next();
      cursor.next();
      QualifiedName like = grammar.names.qualifiedName();
      cursor.expectSymbol(")");
      return Optional.of(like);
    }
    return Optional.empty();
  }

  private boolean queryInParentheses() {
    Token first = cursor.peek(1);
    return first.symbol("(")
        || first.word("select")
        || first.word("with")
        || first.word("table")
        || first.word("values");
  }

  private void references(List<Token> tokens) {
    mentioned.addAll(Mentions.behind(tokens, "references"));
  }

  // Options

  private void options() {
    while (!cursor.atEnd() && !atQuery() && !cursor.at("partition")) {
      option();
      cursor.takeSymbol(",");
    }
  }

  private boolean atQuery() {
    boolean versioned = cursor.at("with") && cursor.peek(1).word("system");
    return cursor.atAny("as", "ignore", "replace")
        || (grammar.queries.atStartOrParenthesis() && !versioned);
  }

  private void option() {
    if (cursor.settings.mariadb() && cursor.take("with")) {
      cursor.expect("system", "versioning");
      return;
    }
    if (cursor.settings.mysqlSince(80021) && cursor.take("start")) {
      cursor.expect("transaction");
      return;
    }
    if (cursor.take("default")) {
      if (!cursor.atAny("character", "char", "charset", "collate")) {
        throw cursor.unexpected();
      }
    }
    if (cursor.take("union")) {
      cursor.takeSymbol("=");
      union();
      return;
    }
    if (optionName()) {
      cursor.takeSymbol("=");
    } else {
      cursor.expectSymbol("=");
    }
    value();
  }

  private void union() {
    cursor.expectSymbol("(");
    if (!cursor.atSymbol(")")) {
      mentioned.addAll(grammar.names.qualifiedNames());
    }
    cursor.expectSymbol(")");
  }

  /** Whether every server knows it. */
  private boolean optionName() {
    if (cursor.takeAny("character", "char")) {
      cursor.expect("set");
    } else if (cursor.takeAny("data", "index")) {
      cursor.expect("directory");
    } else if (!cursor.take("collate")) {
      return plainName();
    }
    return true;
  }

  /** MariaDB lets storage engines have options of their own. */
  private boolean plainName() {
    boolean known = OPTIONS.contains(cursor.word());
    if (known) {
      cursor.next();
    } else if (cursor.settings.mariadb()) {
      grammar.names.name();
    } else {
      throw cursor.unexpected();
    }
    return known;
  }

  private void value() {
    boolean constant =
        cursor.is(Kind.STRING)
            || cursor.is(Kind.INTEGER)
            || cursor.is(Kind.DECIMAL)
            || cursor.is(Kind.HEX)
            || cursor.atAny("default", "binary", "on", "null");
    if (constant) {
      cursor.next();
    } else {
      grammar.names.name();
    }
  }

  // Partitions

  private void partitions() {
    if (!cursor.take("partition")) {
      return;
    }
    cursor.expect("by");
    boolean listed = false;
    while (atPartitionWord()) {
      listed |= cursor.atSymbol("(") && cursor.peek(1).word("partition");
      if (cursor.atSymbol("(")) {
        references(skips.parentheses());
      } else {
        cursor.next();
      }
    }
    if (!listed && cursor.atSymbol("(")) {
      throw cursor.unexpected();
    }
  }

  private boolean atPartitionWord() {
    if (cursor.atSymbol("(")) {
      Token before = cursor.peek(-1);
      return cursor.peek(1).word("partition")
          || KEYED.contains(Cursor.word(before))
          || (before.kind() == Kind.INTEGER
              && cursor.peek(-2).symbol("=")
              && cursor.peek(-3).word("algorithm"));
    }
    return cursor.atSymbol("=")
        || cursor.is(Kind.INTEGER)
        || PARTITION_WORDS.contains(cursor.word());
  }

  private Optional<Query> query() {
    boolean said = cursor.takeAny("ignore", "replace");
    said |= cursor.take("as");
    if (cursor.atEnd() && !said) {
      return Optional.empty();
    }
    if (!grammar.queries.atStartOrParenthesis()) {
      throw cursor.unexpected();
    }
    return Optional.of(grammar.queries.read());
  }
}
