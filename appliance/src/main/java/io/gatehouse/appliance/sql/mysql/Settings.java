package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.RoleChoice;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.SetDefaultRole;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.SetPassword;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.SetRole;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.MysqlSession.CharacterSet;
import io.gatehouse.appliance.sql.tree.MysqlSession.Names;
import io.gatehouse.appliance.sql.tree.MysqlSession.Scope;
import io.gatehouse.appliance.sql.tree.MysqlSession.SetFor;
import io.gatehouse.appliance.sql.tree.MysqlSession.SetModes;
import io.gatehouse.appliance.sql.tree.MysqlSession.SetVariables;
import io.gatehouse.appliance.sql.tree.MysqlSession.Setting;
import io.gatehouse.appliance.sql.tree.MysqlSession.Variable;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** SET. */
final class Settings {
  /** Which only behind {@code @@} have a dot. */
  private static final Set<String> SCOPES = Set.of("global", "session", "local");

  private final Grammar grammar;
  private final Cursor cursor;
  private final Utilities utilities;

  Settings(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.utilities = utilities;
  }

  Statement set() {
    cursor.expect("set");
    boolean password = cursor.at("password") && !cursor.peek(1).symbol(".");
    if (assignedNext(cursor.peek(1)) && !password) {
      return new SetVariables(settings());
    }
    return switch (cursor.word()) {
      case "transaction" -> modes(Optional.empty());
      case "password" -> password();
      case "role" -> role();
      case "default" -> cursor.at("default", "role") ? defaultRole() : scoped();
      case "resource" -> cursor.settings.mysql() ? resourceGroup() : scoped();
      case "statement" -> cursor.settings.mariadb() ? forStatement() : scoped();
      default -> scoped();
    };
  }

  private static boolean assignedNext(Token token) {
    return token.symbol("=") || token.symbol(":=") || token.symbol(".");
  }

  private Statement scoped() {
    if (cursor.peek(1).word("transaction") && scopeAhead().isPresent()) {
      Optional<Scope> scope = scopeAhead();
      cursor.next();
      return modes(scope);
    }
    return new SetVariables(settings());
  }

  private SetModes modes(Optional<Scope> scope) {
    cursor.expect("transaction");
    return new SetModes(scope, utilities.transactions.modes());
  }

  // Assignments

  /** The scope of a word holds for every bare name behind it, until there is another word. */
  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    Scope scope = Scope.SESSION;
    do {
      Optional<Scope> said = assignedNext(cursor.peek(1)) ? Optional.empty() : scopeAhead();
      if (said.isPresent()) {
        cursor.next();
        scope = said.get();
        settings.add(system(scope));
      } else {
        settings.add(setting(scope));
      }
    } while (cursor.takeSymbol(","));
    return settings;
  }

  private Optional<Scope> scopeAhead() {
    return switch (cursor.word()) {
      case "global" -> Optional.of(Scope.GLOBAL);
      case "session", "local" -> Optional.of(Scope.SESSION);
      case "persist" -> ofMysql(Scope.PERSIST);
      case "persist_only" -> ofMysql(Scope.PERSIST_ONLY);
      default -> Optional.empty();
    };
  }

  private Optional<Scope> ofMysql(Scope scope) {
    return cursor.settings.mysql() ? Optional.of(scope) : Optional.empty();
  }

  private Setting setting(Scope scope) {
    if (cursor.at("password")) {
      // On some servers it is what someone logs in with, here as well.
      throw cursor.unexpected();
    }
    if (cursor.is(Kind.USER_VARIABLE)) {
      String name = cursor.next().text();
      cursor.expectEquals();
      return new Variable(Scope.USER, name, Optional.of(grammar.expressions.any()));
    }
    if (cursor.takeSymbol("@@")) {
      return system(ownScope());
    }
    if (!assignedNext(cursor.peek(1))) {
      if (cursor.take("names")) {
        return names();
      }
      if (characterSet()) {
        return new CharacterSet(charsetOrDefault());
      }
    }
    return system(scope);
  }

  /** {@code @@global.name}: what the words before it say is nothing to it, nor it to them. */
  private Scope ownScope() {
    if (!cursor.peek(1).symbol(".")) {
      return Scope.SESSION;
    }
    Optional<Scope> scope =
        switch (Words.lower(cursor.token().text())) {
          case "global" -> Optional.of(Scope.GLOBAL);
          case "session", "local" -> Optional.of(Scope.SESSION);
          case "persist" -> ofMysql(Scope.PERSIST);
          case "persist_only" -> ofMysql(Scope.PERSIST_ONLY);
          default -> Optional.empty();
        };
    if (scope.isPresent()) {
      if (cursor.is(Kind.QUOTED_NAME)) {
        throw cursor.unexpected();
      }
      cursor.next();
      cursor.next();
    }
    return scope.orElse(Scope.SESSION);
  }

  private Variable system(Scope scope) {
    String name = variable();
    cursor.expectEquals();
    return new Variable(scope, name, value());
  }

  private String variable() {
    boolean component = cursor.peek(1).symbol(".");
    if (component && SCOPES.contains(Words.lower(cursor.token().text()))) {
      throw cursor.unexpected();
    }
    if (!component && cursor.at("names")) {
      throw cursor.unexpected();
    }
    boolean cache = component && cursor.at("default");
    String first = cache ? cursor.next().text() : grammar.names.name().text();
    String name = cursor.takeSymbol(".") ? first + '.' + grammar.names.name().text() : first;
    return Words.lower(name);
  }

  /** set_expr_or_default, in which a few keywords are strings. */
  private Optional<Expression> value() {
    if (last(cursor.peek(1))) {
      if (cursor.take("default")) {
        return Optional.empty();
      }
      if (cursor.atAny("on", "all", "binary", "row", "system")) {
        return Optional.of(
            new Expression.Constant(
                Expression.ConstantKind.STRING, cursor.next().text().toUpperCase(Locale.ROOT)));
      }
    }
    return Optional.of(grammar.expressions.any());
  }

  /** Whether nothing of a value stands there. FOR comes behind SET STATEMENT. */
  private static boolean last(Token token) {
    return token.kind() == Kind.END || token.symbol(",") || token.symbol(";") || token.word("for");
  }

  private Names names() {
    boolean byDefault = cursor.at("default");
    Optional<String> charset = charsetOrDefault();
    if (byDefault && cursor.settings.mysql()) {
      return new Names(charset, Optional.empty());
    }
    Optional<String> collation =
        cursor.take("collate") && !cursor.take("default")
            ? Optional.of(grammar.names.characterSet().text())
            : Optional.empty();
    return new Names(charset, collation);
  }

  private boolean characterSet() {
    if (cursor.take("charset")) {
      return true;
    }
    if (!cursor.atAny("character", "char")) {
      return false;
    }
    cursor.next();
    cursor.expect("set");
    return true;
  }

  private Optional<String> charsetOrDefault() {
    return cursor.take("default")
        ? Optional.empty()
        : Optional.of(grammar.names.characterSet().text());
  }

  private SetFor forStatement() {
    cursor.expect("statement");
    List<Setting> settings =
        cursor.list(() -> cursor.at("for") ? nothing() : system(Scope.SESSION));
    cursor.expect("for");
    return cursor.nested(() -> new SetFor(settings, grammar.statements.read()));
  }

  private Setting nothing() {
    throw cursor.unexpected();
  }

  // Accounts and roles

  private SetPassword password() {
    cursor.expect("password");
    Optional<Account> account =
        cursor.take("for") ? Optional.of(utilities.accounts.account()) : Optional.empty();
    if (cursor.settings.mysqlSince(80018) && cursor.take("to")) {
      cursor.expect("random");
    } else {
      cursor.expectEquals();
      newPassword();
    }
    if (cursor.settings.mysql()) {
      if (cursor.take("replace")) {
        cursor.string();
      }
      if (cursor.take("retain")) {
        cursor.expect("current", "password");
      }
    }
    return new SetPassword(account);
  }

  private void newPassword() {
    if (cursor.settings.mariadb() && cursor.takeAny("password", "old_password")) {
      cursor.inParentheses(cursor::string);
    } else {
      cursor.string();
    }
  }

  private SetRole role() {
    cursor.expect("role");
    Choice choice = choice();
    return new SetRole(choice.kind(), choice.roles());
  }

  private SetDefaultRole defaultRole() {
    cursor.expect("default", "role");
    if (cursor.at("default")) {
      throw cursor.unexpected();
    }
    Choice choice = choice();
    if (choice.kind() == RoleChoice.ALL_EXCEPT) {
      throw cursor.unexpected();
    }
    List<Account> accounts = List.of();
    if (cursor.settings.mysql()) {
      cursor.expect("to");
      accounts = utilities.accounts.accounts();
    } else if (cursor.take("for")) {
      accounts = List.of(utilities.accounts.account());
    }
    return new SetDefaultRole(choice.kind(), choice.roles(), accounts);
  }

  private record Choice(RoleChoice kind, List<Account> roles) {}

  private Choice choice() {
    if (cursor.take("none")) {
      return new Choice(RoleChoice.NONE, List.of());
    }
    if (cursor.settings.mariadb()) {
      Account role = new Account(grammar.names.nameOrString(), Optional.empty());
      return new Choice(RoleChoice.NAMED, List.of(role));
    }
    if (cursor.take("default")) {
      return new Choice(RoleChoice.DEFAULT, List.of());
    }
    if (cursor.take("all")) {
      return cursor.take("except")
          ? new Choice(RoleChoice.ALL_EXCEPT, utilities.accounts.accounts())
          : new Choice(RoleChoice.ALL, List.of());
    }
    return new Choice(RoleChoice.NAMED, utilities.accounts.accounts());
  }

  private Administer resourceGroup() {
    cursor.expect("resource", "group");
    QualifiedName name = new QualifiedName(List.of(grammar.names.name()));
    if (cursor.take("for")) {
      do {
        cursor.expect(Kind.INTEGER);
        cursor.takeSymbol(",");
      } while (cursor.is(Kind.INTEGER));
    }
    return new Administer("set resource group", List.of(name), true);
  }
}
