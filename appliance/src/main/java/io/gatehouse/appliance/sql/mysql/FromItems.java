package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Alias;
import io.gatehouse.appliance.sql.tree.FromItem.Derived;
import io.gatehouse.appliance.sql.tree.FromItem.Sample;
import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.List;
import java.util.Optional;

/** table_reference: what rows come from, without what joins it. */
final class FromItems {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Joins joins;

  FromItems(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.joins = new Joins(grammar);
  }

  /** table_reference_list. */
  List<FromItem> list() {
    return cursor.list(this::reference);
  }

  /** What stands in braces, nothing can be joined with. */
  private FromItem reference() {
    return cursor.atSymbol("{") ? escaped() : joins.read();
  }

  /** table_factor. */
  FromItem factor() {
    if (cursor.atSymbol("(")) {
      return switch (parenthesized()) {
        case OfQuery query -> derived(query.query(), false);
        case OfItem item -> item.item();
      };
    }
    if (cursor.settings.mysql() && cursor.take("lateral")) {
      return derived(grammar.parentheses.query(), true);
    }
    return grammar.jsonTables.atStart() ? grammar.jsonTables.read() : table();
  }

  /** {@code {OJ a LEFT JOIN b ON c}}. */
  private FromItem escaped() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("{");
          cursor.expect("oj");
          FromItem item = joins.read();
          cursor.expectSymbol("}");
          return item;
        });
  }

  private Derived derived(Query query, boolean lateral) {
    return new Derived(query, lateral, Optional.of(alias(true)));
  }

  /** The alias that a derived table must have. */
  Alias alias(boolean columnsAllowed) {
    cursor.take("as");
    Name name = grammar.names.name();
    return new Alias(name, columnsAllowed ? grammar.names.optionalList() : List.of());
  }

  // Parentheses

  private sealed interface Content {}

  private record OfQuery(Query query) implements Content {}

  private record OfItem(FromItem item) implements Content {}

  private Content parenthesized() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("(");
          Content content = content();
          cursor.expectSymbol(")");
          return content;
        });
  }

  private Content content() {
    if (grammar.queries.atStart()) {
      return new OfQuery(grammar.queries.withoutParentheses());
    }
    if (!cursor.atSymbol("(")) {
      return inParentheses(joins.crossed(joins.read()));
    }
    Content inner = parenthesized();
    return switch (inner) {
      case OfQuery query -> {
        if (cursor.atSymbol(")")) {
          yield query;
        }
        yield grammar.queries.atContinuation()
            ? new OfQuery(grammar.queries.continued(query.query()))
            : inParentheses(joins.crossed(joins.joined(derived(query.query(), false))));
      }
      case OfItem item -> inParentheses(joins.crossed(joins.joined(item.item())));
    };
  }

  /** Alone, what brings its own parentheses gets no more of them. */
  private Content inParentheses(FromItem item) {
    return switch (item) {
      case FromItem.Join _, Table _ -> new OfItem(item);
      case Derived _, FromItem.TableExpression _, FromItem.Functions _ -> throw cursor.unexpected();
    };
  }

  // Tables

  private Table table() {
    QualifiedName name = grammar.names.qualifiedName();
    partitions();
    Optional<Sample> history = history();
    Optional<Alias> alias = grammar.names.optionalAlias().map(as -> new Alias(as, List.of()));
    indexHints();
    return new Table(name, false, alias, history);
  }

  /** Fewer rows of the same table. */
  void partitions() {
    if (cursor.take("partition")) {
      cursor.inParentheses(grammar.names::list);
    }
  }

  /** Rows that are there no more are not read about here. */
  private Optional<Sample> history() {
    if (cursor.settings.mariadb() && cursor.at("for", "system_time")) {
      throw new NotReadException("rows of the past", cursor.token().start());
    }
    return Optional.empty();
  }

  private void indexHints() {
    while (cursor.atAny("use", "force", "ignore")) {
      boolean empty = cursor.next().word("use");
      if (!cursor.takeAny("index", "key")) {
        throw cursor.unexpected();
      }
      if (cursor.take("for")) {
        purpose();
      }
      cursor.expectSymbol("(");
      if (!empty || !cursor.atSymbol(")")) {
        cursor.list(this::index);
      }
      cursor.expectSymbol(")");
    }
  }

  private void purpose() {
    if (!cursor.take("join")) {
      if (!cursor.take("order")) {
        cursor.expect("group");
      }
      cursor.expect("by");
    }
  }

  private Name index() {
    return cursor.take("primary") ? Name.of("primary") : grammar.names.name();
  }
}
