package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlRows.Assigned;
import io.gatehouse.appliance.sql.tree.MysqlRows.ColumnField;
import io.gatehouse.appliance.sql.tree.MysqlRows.Field;
import io.gatehouse.appliance.sql.tree.MysqlRows.LoadFile;
import io.gatehouse.appliance.sql.tree.MysqlRows.OnDuplicate;
import io.gatehouse.appliance.sql.tree.MysqlRows.VariableField;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.List;

/** LOAD DATA and LOAD XML. */
final class Loads {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Skips skips;

  Loads(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.skips = utilities.skips;
  }

  LoadFile load() {
    cursor.expect("load");
    boolean xml = cursor.take("xml");
    if (!xml) {
      cursor.expect("data");
    }
    cursor.takeAny("low_priority", "concurrent");
    boolean local = cursor.take("local");
    cursor.expect("infile");
    String file = cursor.string();
    OnDuplicate onDuplicate = onDuplicate();
    cursor.expect("into", "table");
    QualifiedName table = grammar.names.qualifiedName();
    partitions();
    format(xml);
    List<Field> fields = fields();
    List<Assigned> set = cursor.take("set") ? cursor.list(this::assigned) : List.of();
    return new LoadFile(xml, local, file, onDuplicate, table, fields, set);
  }

  private OnDuplicate onDuplicate() {
    if (cursor.take("replace")) {
      return OnDuplicate.REPLACE;
    }
    return cursor.take("ignore") ? OnDuplicate.IGNORE : OnDuplicate.FAIL;
  }

  private void partitions() {
    if (cursor.take("partition")) {
      cursor.inParentheses(grammar.names::list);
    }
  }

  /** How the file is cut into fields, which is only skipped: it names nothing. */
  private void format(boolean xml) {
    if (cursor.take("charset")) {
      grammar.names.characterSet();
    } else if (cursor.atAny("character", "char")) {
      cursor.next();
      cursor.expect("set");
      grammar.names.characterSet();
    }
    if (xml && cursor.take("rows")) {
      cursor.expect("identified", "by");
      text();
    }
    if (cursor.takeAny("fields", "columns")) {
      terms("terminated", "optionally", "enclosed", "escaped");
    }
    if (cursor.take("lines")) {
      terms("terminated", "starting");
    }
    if (cursor.take("ignore")) {
      cursor.expect(Kind.INTEGER);
      if (!cursor.takeAny("lines", "rows")) {
        throw cursor.unexpected();
      }
    }
  }

  private void terms(String... words) {
    if (!cursor.atAny(words)) {
      throw cursor.unexpected();
    }
    while (cursor.atAny(words)) {
      if (cursor.next().word("optionally")) {
        cursor.expect("enclosed");
      }
      cursor.expect("by");
      text();
    }
  }

  /** text_string. */
  private void text() {
    if (cursor.is(Kind.HEX) || cursor.is(Kind.BITS)) {
      cursor.next();
    } else {
      cursor.string();
    }
  }

  private List<Field> fields() {
    if (!cursor.atSymbol("(") || cursor.peek(1).symbol(")")) {
      if (cursor.atSymbol("(")) {
        skips.parentheses();
      }
      return List.of();
    }
    return cursor.inParentheses(() -> cursor.list(this::field));
  }

  private Field field() {
    return cursor.is(Kind.USER_VARIABLE)
        ? new VariableField(cursor.next().text())
        : new ColumnField(grammar.names.columnName());
  }

  private Assigned assigned() {
    QualifiedName column = grammar.names.columnName();
    cursor.expectEquals();
    Token behind = cursor.peek(1);
    boolean alone = behind.kind() == Kind.END || behind.symbol(",") || behind.symbol(";");
    if (alone && cursor.take("default")) {
      return new Assigned(column, new Expression.Default());
    }
    return new Assigned(column, grammar.expressions.any());
  }
}
