package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.SessionStatement.CloseCursor;
import io.gatehouse.appliance.sql.tree.SessionStatement.Deallocate;
import io.gatehouse.appliance.sql.tree.SessionStatement.DeclareCursor;
import io.gatehouse.appliance.sql.tree.SessionStatement.Discard;
import io.gatehouse.appliance.sql.tree.SessionStatement.DiscardKind;
import io.gatehouse.appliance.sql.tree.SessionStatement.DoBlock;
import io.gatehouse.appliance.sql.tree.SessionStatement.Execute;
import io.gatehouse.appliance.sql.tree.SessionStatement.Fetch;
import io.gatehouse.appliance.sql.tree.SessionStatement.Lock;
import io.gatehouse.appliance.sql.tree.SessionStatement.Notify;
import io.gatehouse.appliance.sql.tree.SessionStatement.Unlisten;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.List;
import java.util.Optional;

/** Prepared statements, cursors, channels, locks and blocks of code. */
final class Sessions {
  private final Grammar grammar;
  private final Cursor cursor;

  Sessions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  SessionStatement prepare() {
    if (cursor.peek(1).word("transaction") && cursor.peek(2).kind() == Kind.STRING) {
      return grammar.transactions.prepare();
    }
    cursor.expect("prepare");
    Name name = cursor.columnId();
    List<TypeName> types = List.of();
    if (cursor.atSymbol("(")) {
      types = cursor.inParentheses(() -> cursor.list(grammar.types::read));
    }
    cursor.expect("as");
    return new SessionStatement.Prepare(name, types, grammar.statements.preparable());
  }

  Execute execute() {
    cursor.expect("execute");
    Name name = cursor.columnId();
    List<Expression> arguments =
        cursor.atSymbol("(") ? grammar.expressions.listInParentheses() : List.of();
    return new Execute(name, arguments);
  }

  Deallocate deallocate() {
    cursor.expect("deallocate");
    Token second = cursor.peek(1);
    if (cursor.at("prepare") && (Cursor.columnId(second) || second.word("all"))) {
      cursor.next();
    }
    return new Deallocate(nameOrAll());
  }

  private Optional<Name> nameOrAll() {
    return cursor.take("all") ? Optional.empty() : Optional.of(cursor.columnId());
  }

  DeclareCursor declare() {
    cursor.expect("declare");
    Name name = cursor.columnId();
    boolean binary = false;
    while (!cursor.take("cursor")) {
      if (cursor.take("binary")) {
        binary = true;
      } else if (!cursor.take("scroll") && !cursor.take("asensitive")) {
        if (!cursor.take("insensitive")) {
          cursor.expect("no", "scroll");
        }
      }
    }
    boolean hold = cursor.take("with", "hold");
    if (!hold) {
      cursor.take("without", "hold");
    }
    cursor.expect("for");
    return new DeclareCursor(name, binary, hold, grammar.queries.read());
  }

  CloseCursor close() {
    cursor.expect("close");
    return new CloseCursor(nameOrAll());
  }

  /** FETCH and MOVE. */
  Fetch fetch() {
    boolean move = cursor.take("move");
    if (!move) {
      cursor.expect("fetch");
    }
    String direction = direction();
    String count = cursor.atSigned(Kind.INTEGER) ? cursor.signed(Kind.INTEGER) : "";
    boolean counted = direction.equals("absolute") || direction.equals("relative");
    if (counted && count.isEmpty()) {
      throw cursor.unexpected();
    }
    if (!cursor.take("from")) {
      cursor.take("in");
    }
    return new Fetch(move, direction, count, cursor.columnId());
  }

  private String direction() {
    if (cursor.take("all")) {
      return "all";
    }
    Token second = cursor.peek(1);
    // The last word is always the cursor, whatever it is called.
    boolean last = second.kind() == Kind.END || second.symbol(";");
    if (last || cursor.atSigned(Kind.INTEGER) || cursor.atAny("from", "in")) {
      return "forward";
    }
    if (cursor.take("forward", "all")) {
      return "forward all";
    }
    if (cursor.take("backward", "all")) {
      return "backward all";
    }
    if (!cursor.atAny("next", "prior", "first", "last")) {
      if (!cursor.atAny("absolute", "relative", "forward", "backward")) {
        throw cursor.unexpected();
      }
      return cursor.next().text();
    }
    String word = cursor.next().text();
    if (cursor.atSigned(Kind.INTEGER)) {
      throw cursor.unexpected();
    }
    return word;
  }

  SessionStatement listen() {
    cursor.expect("listen");
    return new SessionStatement.Listen(cursor.columnId());
  }

  Unlisten unlisten() {
    cursor.expect("unlisten");
    return new Unlisten(cursor.takeSymbol("*") ? Optional.empty() : Optional.of(cursor.columnId()));
  }

  Notify notifyChannel() {
    cursor.expect("notify");
    Name channel = cursor.columnId();
    return new Notify(
        channel, cursor.takeSymbol(",") ? Optional.of(cursor.string()) : Optional.empty());
  }

  Discard discard() {
    cursor.expect("discard");
    if (cursor.take("all")) {
      return new Discard(DiscardKind.ALL);
    }
    if (cursor.take("temp") || cursor.take("temporary")) {
      return new Discard(DiscardKind.TEMP);
    }
    if (cursor.take("plans")) {
      return new Discard(DiscardKind.PLANS);
    }
    cursor.expect("sequences");
    return new Discard(DiscardKind.SEQUENCES);
  }

  Lock lock() {
    cursor.expect("lock");
    cursor.take("table");
    List<Table> tables = cursor.list(grammar.from::relation);
    String mode = "access exclusive";
    if (cursor.take("in")) {
      mode = lockMode();
      cursor.expect("mode");
    }
    cursor.take("nowait");
    return new Lock(tables, mode);
  }

  private String lockMode() {
    for (String mode :
        List.of(
            "access share",
            "access exclusive",
            "row share",
            "row exclusive",
            "share update exclusive",
            "share row exclusive",
            "share",
            "exclusive")) {
      if (takeWords(mode)) {
        return mode;
      }
    }
    throw cursor.unexpected();
  }

  private boolean takeWords(String phrase) {
    String[] words = phrase.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      if (!cursor.peek(i).word(words[i])) {
        return false;
      }
    }
    cursor.expect(words);
    return true;
  }

  SessionStatement call() {
    cursor.expect("call");
    return new SessionStatement.CallProcedure(grammar.functions.bareCall());
  }

  DoBlock doBlock() {
    cursor.expect("do");
    Optional<String> language = Optional.empty();
    Optional<String> code = Optional.empty();
    do {
      if (cursor.take("language")) {
        refuseTwice(language);
        language = Optional.of(grammar.options.wordOrString());
      } else {
        refuseTwice(code);
        code = Optional.of(cursor.string());
      }
    } while (!cursor.atEnd());
    return new DoBlock(language, code.orElseThrow(cursor::unexpected));
  }

  private void refuseTwice(Optional<String> before) {
    if (before.isPresent()) {
      throw cursor.unexpected();
    }
  }
}
