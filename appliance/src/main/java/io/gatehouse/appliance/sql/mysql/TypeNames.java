package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;

/** cast_type, and the types of JSON_TABLE's columns. */
final class TypeNames {
  private final Grammar grammar;
  private final Cursor cursor;

  TypeNames(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  static TypeName named(String name) {
    return TypeName.of(QualifiedName.of(name));
  }

  TypeName castType() {
    String word = cursor.word();
    return switch (word) {
      case "binary", "time", "datetime" -> sized(word, 1);
      case "char", "nchar" -> character(word);
      case "signed", "unsigned" -> {
        cursor.next();
        if (!cursor.take("integer")) {
          cursor.take("int");
        }
        yield named(word);
      }
      case "date" -> sized(word, 0);
      case "decimal", "dec" -> sized("decimal", 2);
      case "double", "float" -> {
        if (cursor.settings.mysql() && cursor.settings.version() < 80017) {
          throw cursor.unexpected();
        }
        yield word.equals("double") ? doubled() : sized(word, 1);
      }
      case "json", "year" -> {
        if (cursor.settings.mariadb()) {
          throw cursor.unexpected();
        }
        yield sized(word, 0);
      }
      default -> throw cursor.unexpected();
    };
  }

  private TypeName doubled() {
    cursor.next();
    cursor.take("precision");
    return named("double");
  }

  private TypeName character(String word) {
    TypeName type = sized(word, 1);
    if (word.equals("char")) {
      characterSet();
    }
    return type;
  }

  private void characterSet() {
    if (cursor.take("charset") || cursor.take("character", "set")) {
      grammar.names.characterSet();
      cursor.take("binary");
    } else if (!cursor.takeAny("ascii", "unicode", "byte")) {
      cursor.take("binary");
    }
  }

  private TypeName sized(String name, int most) {
    cursor.next();
    List<Expression> sizes = new ArrayList<>();
    if (most > 0 && cursor.takeSymbol("(")) {
      do {
        sizes.add(new Constant(ConstantKind.INTEGER, cursor.expect(Kind.INTEGER)));
      } while (sizes.size() < most && cursor.takeSymbol(","));
      cursor.expectSymbol(")");
    }
    return new TypeName(QualifiedName.of(name), sizes, false, false, 0);
  }

  /** The type of a column of JSON_TABLE: of all types those that hold what JSON does. */
  TypeName columnType() {
    String word = cursor.word();
    return switch (word) {
      case "int", "integer", "smallint", "tinyint", "mediumint", "bigint" -> {
        TypeName type = sized(word, 1);
        if (!cursor.take("unsigned")) {
          cursor.take("signed");
        }
        yield type;
      }
      case "decimal", "numeric", "float", "double" -> sized(word, 2);
      case "char", "varchar" -> {
        TypeName type = sized(word, 1);
        characterSet();
        if (cursor.take("collate")) {
          grammar.names.characterSet();
        }
        yield type;
      }
      case "text", "tinytext", "mediumtext", "longtext", "blob", "longblob", "json" ->
          sized(word, 0);
      case "date" -> sized(word, 0);
      case "datetime", "time", "timestamp" -> sized(word, 1);
      default -> throw cursor.unexpected();
    };
  }
}
