package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Explain;
import io.gatehouse.appliance.sql.tree.Statement.Option;
import io.gatehouse.appliance.sql.tree.Statement.QueryStatement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.List;
import java.util.Optional;

/** stmt: which statement it is, by its first words. */
final class Statements {
  private final Grammar grammar;
  private final Cursor cursor;

  Statements(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement read() {
    if (grammar.queries.atStartOrParenthesis()) {
      return preparable();
    }
    if (cursor.token().kind() != Token.Kind.KEYWORD) {
      throw cursor.unexpected();
    }
    return switch (cursor.token().text()) {
      case "insert", "update", "delete", "merge" -> preparable();
      case "explain" -> explain();
      case "copy" -> grammar.copies.copy();
      case "create" -> grammar.creations.create();
      case "refresh" -> grammar.creations.refresh();
      case "alter" -> grammar.definitions.alter();
      case "drop" -> grammar.definitions.drop();
      case "comment" -> grammar.definitions.comment();
      case "security" -> grammar.definitions.securityLabel();
      case "import" -> grammar.definitions.importSchema();
      case "reassign" -> grammar.definitions.reassign();
      case "grant" -> grammar.grants.grant();
      case "revoke" -> grammar.grants.revoke();
      default -> session();
    };
  }

  private Statement session() {
    return switch (cursor.token().text()) {
      case "begin", "start" -> grammar.transactions.begin();
      case "commit", "end" -> grammar.transactions.commit();
      case "rollback", "abort" -> grammar.transactions.rollback();
      case "savepoint" -> grammar.transactions.savepoint();
      case "release" -> grammar.transactions.release();
      case "set" -> grammar.settings.set();
      case "reset" -> grammar.settings.reset();
      case "show" -> grammar.settings.show();
      case "prepare" -> grammar.sessions.prepare();
      case "execute" -> grammar.sessions.execute();
      case "deallocate" -> grammar.sessions.deallocate();
      case "declare" -> grammar.sessions.declare();
      case "fetch", "move" -> grammar.sessions.fetch();
      case "close" -> grammar.sessions.close();
      case "listen" -> grammar.sessions.listen();
      case "unlisten" -> grammar.sessions.unlisten();
      case "notify" -> grammar.sessions.notifyChannel();
      case "discard" -> grammar.sessions.discard();
      case "lock" -> grammar.sessions.lock();
      case "call" -> grammar.sessions.call();
      case "do" -> grammar.sessions.doBlock();
      default -> maintenance();
    };
  }

  private Statement maintenance() {
    return switch (cursor.token().text()) {
      case "truncate" -> grammar.maintenance.truncate();
      case "vacuum" -> grammar.maintenance.vacuum();
      case "analyze", "analyse" -> grammar.maintenance.analyze();
      case "cluster" -> grammar.maintenance.cluster();
      case "reindex" -> grammar.maintenance.reindex();
      case "checkpoint" -> grammar.maintenance.checkpoint();
      case "load" -> grammar.maintenance.load();
      default -> throw cursor.unexpected();
    };
  }

  /** PreparableStmt: a query or a change, with the WITH before it. */
  Statement preparable() {
    return cursor.nested(
        () -> {
          Optional<With> with = grammar.commonTables.optionalWith();
          if (cursor.at("insert")) {
            return grammar.changes.insert(with);
          }
          if (cursor.at("update")) {
            return grammar.changes.update(with);
          }
          if (cursor.at("delete")) {
            return grammar.changes.delete(with);
          }
          if (cursor.at("merge")) {
            return grammar.merges.merge(with);
          }
          return new QueryStatement(
              with.isPresent() ? grammar.queries.afterWith(with) : grammar.queries.read());
        });
  }

  private Explain explain() {
    cursor.expect("explain");
    List<Option> options;
    if (cursor.atSymbol("(") && !queryInParentheses()) {
      options = grammar.options.utility();
    } else if (cursor.atAny("analyze", "analyse")) {
      cursor.next();
      boolean verbose = cursor.take("verbose");
      Option analyze = new Option("analyze", List.of());
      options = verbose ? List.of(analyze, new Option("verbose", List.of())) : List.of(analyze);
    } else {
      options = grammar.options.flags("verbose");
    }
    return new Explain(options, explainable());
  }

  private boolean queryInParentheses() {
    Token first = cursor.peek(1);
    return first.symbol("(")
        || first.word("select")
        || first.word("with")
        || first.word("table")
        || (first.word("values") && cursor.peek(2).symbol("("));
  }

  private Statement explainable() {
    if (cursor.at("declare")) {
      return grammar.sessions.declare();
    }
    if (cursor.at("execute")) {
      return grammar.sessions.execute();
    }
    if (cursor.at("refresh")) {
      return grammar.creations.refresh();
    }
    if (cursor.at("create")) {
      Statement created = grammar.creations.create();
      if (created instanceof Statement.CreateTableAs) {
        return created;
      }
      throw cursor.unexpected();
    }
    return preparable();
  }
}
