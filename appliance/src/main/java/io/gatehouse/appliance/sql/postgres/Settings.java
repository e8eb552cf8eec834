package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.SessionStatement.Reset;
import io.gatehouse.appliance.sql.tree.SessionStatement.SetConstraints;
import io.gatehouse.appliance.sql.tree.SessionStatement.SetTransaction;
import io.gatehouse.appliance.sql.tree.SessionStatement.SetVariable;
import io.gatehouse.appliance.sql.tree.SessionStatement.Setting;
import io.gatehouse.appliance.sql.tree.SessionStatement.Show;
import java.util.List;
import java.util.Optional;

/** SET, RESET and SHOW. */
final class Settings {
  private final Grammar grammar;
  private final Cursor cursor;

  Settings(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  SessionStatement set() {
    cursor.expect("set");
    if (cursor.at("constraints") && !assignedNext()) {
      return constraints();
    }
    boolean local = cursor.at("local") && !assignedNext();
    Token second = cursor.peek(1);
    boolean ofSession = second.word("authorization") || second.word("characteristics");
    boolean session = cursor.at("session") && !assignedNext() && !ofSession;
    if (local || session) {
      cursor.next();
    }
    return rest(local);
  }

  /** Whether the word here is a variable that is assigned, and no syntax. */
  private boolean assignedNext() {
    Token second = cursor.peek(1);
    return second.word("to") || second.symbol("=") || second.symbol(".") || second.word("from");
  }

  /** set_rest. */
  private SessionStatement rest(boolean local) {
    if (assignedNext()) {
      return assigned(local, variable());
    }
    if (cursor.take("transaction")) {
      return transaction();
    }
    if (cursor.take("session", "characteristics")) {
      cursor.expect("as", "transaction");
      return new SetTransaction(true, grammar.transactions.modes());
    }
    return special(local);
  }

  private SessionStatement transaction() {
    if (cursor.take("snapshot")) {
      cursor.string();
      return new SetTransaction(false, List.of("snapshot"));
    }
    return new SetTransaction(false, grammar.transactions.modes());
  }

  private SetVariable special(boolean local) {
    if (cursor.take("time", "zone")) {
      return new SetVariable(local, "timezone", zone());
    }
    if (cursor.take("schema")) {
      return new SetVariable(local, "search_path", values(cursor.string()));
    }
    if (cursor.take("names")) {
      return new SetVariable(local, "client_encoding", encoding());
    }
    if (cursor.take("role")) {
      return new SetVariable(local, "role", values(grammar.options.wordOrString()));
    }
    if (cursor.take("session", "authorization")) {
      Setting who =
          cursor.take("default")
              ? new SessionStatement.ToDefault()
              : values(grammar.options.wordOrString());
      return new SetVariable(local, "session_authorization", who);
    }
    if (cursor.take("xml", "option")) {
      if (!cursor.atAny("document", "content")) {
        throw cursor.unexpected();
      }
      return new SetVariable(local, "xmloption", values(cursor.next().text()));
    }
    throw cursor.unexpected();
  }

  private static Setting values(String value) {
    return new SessionStatement.Values(List.of(value));
  }

  private Setting encoding() {
    if (cursor.is(Kind.STRING)) {
      return values(cursor.string());
    }
    cursor.take("default");
    return new SessionStatement.ToDefault();
  }

  private Setting zone() {
    if (cursor.take("default") || cursor.take("local")) {
      return new SessionStatement.ToDefault();
    }
    if (cursor.at("interval")) {
      int from = cursor.index();
      grammar.types.intervalConstant();
      return values(cursor.since(from).get(1).text());
    }
    if (cursor.atSigned(Kind.INTEGER, Kind.DECIMAL)) {
      return values(cursor.signed(Kind.INTEGER, Kind.DECIMAL));
    }
    boolean word = cursor.is(Kind.IDENTIFIER) || cursor.is(Kind.QUOTED_IDENTIFIER);
    return values(word ? cursor.next().text() : cursor.string());
  }

  /** generic_set, and FROM CURRENT. */
  SetVariable assigned(boolean local, String name) {
    if (cursor.take("from")) {
      cursor.expect("current");
      return new SetVariable(local, name, new SessionStatement.FromCurrent());
    }
    if (!cursor.takeSymbol("=")) {
      cursor.expect("to");
    }
    Setting setting =
        cursor.take("default")
            ? new SessionStatement.ToDefault()
            : new SessionStatement.Values(cursor.list(grammar.options::value));
    return new SetVariable(local, name, setting);
  }

  /** var_name, which the server looks up without regard to case. */
  String variable() {
    StringBuilder name = new StringBuilder(cursor.columnId().text());
    while (cursor.takeSymbol(".")) {
      name.append('.').append(cursor.columnId().text());
    }
    return Identifiers.folded(name.toString());
  }

  private SetConstraints constraints() {
    cursor.expect("constraints");
    List<QualifiedName> names = cursor.take("all") ? List.of() : cursor.qualifiedNames();
    boolean deferred = cursor.take("deferred");
    if (!deferred) {
      cursor.expect("immediate");
    }
    return new SetConstraints(names, deferred);
  }

  Reset reset() {
    cursor.expect("reset");
    return new Reset(named());
  }

  Show show() {
    cursor.expect("show");
    return new Show(named());
  }

  private Optional<String> named() {
    if (cursor.take("all")) {
      return Optional.empty();
    }
    if (cursor.take("time", "zone")) {
      return Optional.of("timezone");
    }
    if (cursor.take("session", "authorization")) {
      return Optional.of("session_authorization");
    }
    if (cursor.take("transaction", "isolation")) {
      cursor.expect("level");
      return Optional.of("transaction_isolation");
    }
    return Optional.of(variable());
  }
}
