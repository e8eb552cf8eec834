package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Special;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The XML functions with a syntax of their own. */
final class XmlSyntax {
  private final Grammar grammar;
  private final Cursor cursor;

  XmlSyntax(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Optional<Expression> read(String word) {
    return switch (word) {
      case "xmlconcat",
          "xmlelement",
          "xmlexists",
          "xmlforest",
          "xmlparse",
          "xmlpi",
          "xmlroot",
          "xmlserialize" -> {
        cursor.next();
        cursor.expectSymbol("(");
        Expression expression = inside(word);
        cursor.expectSymbol(")");
        yield Optional.of(expression);
      }
      default -> Optional.empty();
    };
  }

  private Expression inside(String word) {
    return switch (word) {
      case "xmlconcat" -> Special.of(word, grammar.expressions.list());
      case "xmlelement" -> Special.of(word, element());
      case "xmlexists" -> {
        Expression path = grammar.primaries.read();
        yield Expressions.system("xmlexists", List.of(path, passing()));
      }
      case "xmlforest" -> Special.of(word, attributes());
      case "xmlparse" -> Special.of(word, parse());
      case "xmlpi" -> Special.of(word, instruction());
      case "xmlroot" -> Special.of(word, root());
      default -> serialize(word);
    };
  }

  private List<Expression> element() {
    cursor.expect("name");
    cursor.label();
    List<Expression> arguments = new ArrayList<>();
    if (!cursor.takeSymbol(",")) {
      return arguments;
    }
    if (cursor.at("xmlattributes") && cursor.peek(1).symbol("(")) {
      cursor.next();
      arguments.addAll(cursor.inParentheses(this::attributes));
      if (!cursor.takeSymbol(",")) {
        return arguments;
      }
    }
    arguments.addAll(grammar.expressions.list());
    return arguments;
  }

  private List<Expression> attributes() {
    return cursor.list(
        () -> {
          Expression value = grammar.expressions.any();
          if (cursor.take("as")) {
            cursor.label();
          }
          return value;
        });
  }

  private void documentOrContent() {
    if (!cursor.take("document")) {
      cursor.expect("content");
    }
  }

  private List<Expression> parse() {
    documentOrContent();
    Expression value = grammar.expressions.any();
    if (cursor.take("preserve") || cursor.take("strip")) {
      cursor.expect("whitespace");
    }
    return List.of(value);
  }

  private List<Expression> instruction() {
    cursor.expect("name");
    cursor.label();
    return cursor.takeSymbol(",") ? List.of(grammar.expressions.any()) : List.of();
  }

  private List<Expression> root() {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(grammar.expressions.any());
    cursor.expectSymbol(",");
    cursor.expect("version");
    if (!cursor.take("no", "value")) {
      arguments.add(grammar.expressions.any());
    }
    if (cursor.takeSymbol(",")) {
      cursor.expect("standalone");
      if (!cursor.take("yes")) {
        cursor.expect("no");
        cursor.take("value");
      }
    }
    return arguments;
  }

  private Expression serialize(String word) {
    documentOrContent();
    Expression value = grammar.expressions.any();
    cursor.expect("as");
    TypeName type = grammar.types.simple();
    if (!cursor.take("no", "indent")) {
      cursor.take("indent");
    }
    return new Special(word, List.of(value), List.of(type), Optional.empty(), Optional.empty());
  }

  /** xmlexists_argument. */
  Expression passing() {
    cursor.expect("passing");
    mechanism();
    Expression value = grammar.primaries.read();
    mechanism();
    return value;
  }

  private void mechanism() {
    if (cursor.at("by") && (cursor.peek(1).word("ref") || cursor.peek(1).word("value"))) {
      cursor.next();
      cursor.next();
    }
  }
}
