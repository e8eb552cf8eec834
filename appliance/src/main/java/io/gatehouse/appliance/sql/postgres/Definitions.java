package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.ObjectKinds.Kind;
import io.gatehouse.appliance.sql.postgres.ObjectKinds.Naming;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The heads of all other definitions. The rest is only skipped, and said to be. */
final class Definitions {
  /** Kinds of which DROP has nothing but names in it. */
  private static final Set<String> RELATIONS =
      Set.of("table", "view", "materialized view", "foreign table", "sequence", "index");

  private final Grammar grammar;
  private final Cursor cursor;

  Definitions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** What a head names. */
  private record Head(List<QualifiedName> names, Optional<QualifiedName> on) {
    static Head of(QualifiedName name) {
      return new Head(List.of(name), Optional.empty());
    }

    static Head nothing() {
      return new Head(List.of(), Optional.empty());
    }
  }

  // CREATE

  Definition create(boolean orReplace, boolean temporary) {
    boolean unique = cursor.take("unique");
    if (cursor.at("constraint", "trigger")) {
      cursor.next();
    } else if (cursor.take("trusted")) {
      cursor.take("procedural");
    } else if (cursor.at("default", "conversion")) {
      cursor.next();
    }
    Kind kind = ObjectKinds.take(cursor).orElseThrow(cursor::unexpected);
    boolean index = kind.words().equals("index");
    if (unique && !index) {
      throw cursor.unexpected();
    }
    if (index) {
      cursor.take("concurrently");
    }
    boolean ifNotExists = grammar.creations.ifNotExists();
    Head head = created(kind);
    skipBody(kind);
    return new Definition(
        Verb.CREATE,
        kind.words(),
        head.names(),
        head.on(),
        temporary,
        orReplace,
        ifNotExists,
        false);
  }

  private Head created(Kind kind) {
    return switch (kind.words()) {
      case "index" -> {
        Head name = cursor.at("on") ? Head.nothing() : Head.of(cursor.qualifiedName());
        cursor.expect("on");
        yield new Head(name.names(), Optional.of(grammar.from.relation().name()));
      }
      case "schema" ->
          cursor.at("authorization") ? Head.nothing() : Head.of(cursor.qualifiedName());
      case "statistics" -> cursor.at("on") ? Head.nothing() : Head.of(cursor.qualifiedName());
      case "trigger" -> createdTrigger();
      case "rule" -> createdRule();
      default -> named(kind);
    };
  }

  private Head createdTrigger() {
    Name name = cursor.columnId();
    if (!cursor.take("before") && !cursor.take("after")) {
      cursor.expect("instead", "of");
    }
    do {
      if (!cursor.atAny("insert", "delete", "update", "truncate")) {
        throw cursor.unexpected();
      }
      if (cursor.next().word("update") && cursor.take("of")) {
        cursor.nameList();
      }
    } while (cursor.take("or"));
    cursor.expect("on");
    return on(name);
  }

  private Head on(Name name) {
    return new Head(List.of(new QualifiedName(List.of(name))), Optional.of(cursor.qualifiedName()));
  }

  private Head createdRule() {
    Name name = cursor.columnId();
    cursor.expect("as", "on");
    if (!cursor.atAny("select", "update", "delete", "insert")) {
      throw cursor.unexpected();
    }
    cursor.next();
    cursor.expect("to");
    return on(name);
  }

  private void skipBody(Kind kind) {
    if (kind.naming() == Naming.ROUTINE) {
      refuseStatementsInside();
    }
    grammar.options.skipStatement(kind.words().equals("rule"));
  }

  /** BEGIN ATOMIC holds statements with semicolons of their own. */
  private void refuseStatementsInside() {
    for (int i = 0; cursor.peek(i).kind() != Token.Kind.END; i++) {
      if (cursor.peek(i).word("begin") && cursor.peek(i + 1).word("atomic")) {
        throw new NotReadException("a function whose body is BEGIN ATOMIC", cursor.peek(i).start());
      }
      if (cursor.peek(i).symbol(";")) {
        return;
      }
    }
  }

  // ALTER, DROP, COMMENT and the rest

  Statement alter() {
    cursor.expect("alter");
    if (cursor.take("default", "privileges")) {
      return grammar.grants.defaults();
    }
    Kind kind = ObjectKinds.take(cursor).orElseThrow(cursor::unexpected);
    boolean ifExists = cursor.take("if", "exists");
    Head head = altered(kind);
    boolean read = kind.words().equals("table") && new TableActions(cursor).readAll();
    grammar.options.skipStatement(false);
    return new Definition(
        Verb.ALTER, kind.words(), head.names(), head.on(), false, false, ifExists, read);
  }

  private Head altered(Kind kind) {
    if (cursor.at("all")) {
      return Head.nothing();
    }
    boolean relation = kind.words().equals("table") || kind.words().equals("foreign table");
    return relation ? Head.of(grammar.from.relation().name()) : named(kind);
  }

  Definition drop() {
    cursor.expect("drop");
    if (cursor.take("owned")) {
      cursor.expect("by");
      List<QualifiedName> roles = roles();
      grammar.maintenance.cascade();
      return definition(Verb.DROP_OWNED, "owned", roles);
    }
    Kind kind = ObjectKinds.take(cursor).orElseThrow(cursor::unexpected);
    if (kind.words().equals("index")) {
      cursor.take("concurrently");
    }
    boolean ifExists = cursor.take("if", "exists");
    List<QualifiedName> names = new ArrayList<>();
    Optional<QualifiedName> on = Optional.empty();
    do {
      Head head = named(kind);
      names.addAll(head.names());
      on = head.on();
    } while (on.isEmpty() && cursor.takeSymbol(","));
    cursor.take("restrict");
    boolean read = RELATIONS.contains(kind.words()) && cursor.atEnd();
    grammar.options.skipStatement(false);
    return new Definition(Verb.DROP, kind.words(), names, on, false, false, ifExists, read);
  }

  private static Definition definition(Verb verb, String kind, List<QualifiedName> names) {
    return new Definition(verb, kind, names, Optional.empty(), false, false, false, true);
  }

  Definition comment() {
    cursor.expect("comment", "on");
    return described(Verb.COMMENT);
  }

  Definition securityLabel() {
    cursor.expect("security", "label");
    if (cursor.take("for")) {
      grammar.options.wordOrString();
    }
    cursor.expect("on");
    return described(Verb.SECURITY_LABEL);
  }

  private Definition described(Verb verb) {
    Kind kind = ObjectKinds.take(cursor).orElseThrow(cursor::unexpected);
    Head head = named(kind);
    grammar.options.skipStatement(false);
    return new Definition(verb, kind.words(), head.names(), head.on(), false, false, false, false);
  }

  Definition importSchema() {
    cursor.expect("import", "foreign", "schema");
    List<QualifiedName> names = List.of(cursor.qualifiedName());
    grammar.options.skipStatement(false);
    return new Definition(
        Verb.IMPORT, "foreign schema", names, Optional.empty(), false, false, false, false);
  }

  Definition reassign() {
    cursor.expect("reassign", "owned", "by");
    List<QualifiedName> roles = new ArrayList<>(roles());
    cursor.expect("to");
    roles.add(new QualifiedName(List.of(cursor.role())));
    return definition(Verb.REASSIGN, "owned", roles);
  }

  private List<QualifiedName> roles() {
    return cursor.list(() -> new QualifiedName(List.of(cursor.role())));
  }

  // Names

  private Head named(Kind kind) {
    return switch (kind.naming()) {
      case PLAIN -> Head.of(cursor.qualifiedName());
      case ROUTINE -> Head.of(routine());
      case TYPE -> Head.of(grammar.types.read().name());
      case OPERATOR -> {
        QualifiedName operator = cursor.anyOperator();
        skipArguments();
        yield Head.of(operator);
      }
      case ON_TABLE -> {
        Name name = cursor.columnId();
        cursor.expect("on");
        if (kind.words().equals("constraint") && domainAhead()) {
          cursor.next();
        }
        yield on(name);
      }
      case ROLE -> Head.of(new QualifiedName(List.of(cursor.role())));
      case UNREAD -> Head.nothing();
    };
  }

  /** Whether DOMAIN is the word before a name here, and not the name of a table. */
  private boolean domainAhead() {
    Token second = cursor.peek(1);
    return cursor.at("domain") && !second.word("is") && !second.symbol(".");
  }

  /** function_with_argtypes, of which only the name is kept. */
  QualifiedName routine() {
    QualifiedName name =
        cursor.atColumnId()
            ? cursor.qualifiedName()
            : new QualifiedName(List.of(cursor.typeOrFunctionName()));
    skipArguments();
    return name;
  }

  private void skipArguments() {
    if (cursor.atSymbol("(")) {
      grammar.options.skipParentheses();
    }
  }
}
