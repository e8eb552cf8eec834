package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlSession.Diagnosis;
import io.gatehouse.appliance.sql.tree.MysqlSession.Diagnostics;
import io.gatehouse.appliance.sql.tree.MysqlSession.Signal;
import io.gatehouse.appliance.sql.tree.MysqlSession.SignalItem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SIGNAL, RESIGNAL and GET DIAGNOSTICS. */
final class Conditions {
  private static final Set<String> RAISED =
      Set.of(
          "class_origin",
          "subclass_origin",
          "constraint_catalog",
          "constraint_schema",
          "constraint_name",
          "catalog_name",
          "schema_name",
          "table_name",
          "column_name",
          "cursor_name",
          "message_text",
          "mysql_errno");

  private static final Set<String> COUNTED = Set.of("number", "row_count");

  private final Grammar grammar;
  private final Cursor cursor;

  Conditions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Signal signal() {
    boolean again = cursor.take("resignal");
    if (!again) {
      cursor.expect("signal");
    }
    Optional<String> condition =
        again && (cursor.atEnd() || cursor.at("set")) ? Optional.empty() : Optional.of(condition());
    List<SignalItem> items = cursor.take("set") ? cursor.list(this::item) : List.of();
    return new Signal(again, condition, items);
  }

  private String condition() {
    if (cursor.take("sqlstate")) {
      cursor.take("value");
      return cursor.string();
    }
    return grammar.names.name().text();
  }

  private SignalItem item() {
    String name = oneOf(RAISED);
    cursor.expectSymbol("=");
    return new SignalItem(name, simple());
  }

  private String oneOf(Set<String> names) {
    String name = cursor.word();
    if (!names.contains(name)) {
      throw cursor.unexpected();
    }
    cursor.next();
    return name;
  }

  /** A constant, a variable or the name of one: nothing that is computed. */
  private Expression simple() {
    Token behind = cursor.peek(1);
    boolean alone = behind.kind() == Kind.END || behind.symbol(",") || behind.symbol(";");
    if (!alone && !cursor.atSymbol("@@")) {
      throw cursor.unexpected();
    }
    return grammar.expressions.any();
  }

  Diagnostics diagnostics() {
    cursor.expect("get");
    boolean stacked = cursor.settings.mysql() && cursor.take("stacked");
    if (!stacked) {
      cursor.take("current");
    }
    cursor.expect("diagnostics");
    if (!cursor.take("condition")) {
      return new Diagnostics(stacked, Optional.empty(), cursor.list(() -> diagnosis(COUNTED)));
    }
    String number = cursor.is(Kind.INTEGER) ? cursor.next().text() : target();
    Set<String> told = new HashSet<>(RAISED);
    told.add("returned_sqlstate");
    if (cursor.settings.mariadb()) {
      told.add("row_number");
    }
    return new Diagnostics(stacked, Optional.of(number), cursor.list(() -> diagnosis(told)));
  }

  private Diagnosis diagnosis(Set<String> items) {
    String target = target();
    cursor.expectSymbol("=");
    return new Diagnosis(target, oneOf(items));
  }

  private String target() {
    return cursor.is(Kind.USER_VARIABLE) ? '@' + cursor.next().text() : grammar.names.name().text();
  }
}
