package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.CurrentDatabase;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.DatabaseLevel;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.Everything;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.GrantPrivileges;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.GrantProxy;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.GrantRoles;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.Level;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.ObjectLevel;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.RevokeAll;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Privileges.Privilege;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/** GRANT and REVOKE. */
final class Grants {
  /** Rights of several words, or whose word is no name; a longer one before a shorter one. */
  private static final List<String> RIGHTS =
      List.of(
          "create temporary tables",
          "create tablespace",
          "create routine",
          "create view",
          "create user",
          "create role",
          "create",
          "drop role",
          "drop",
          "alter routine",
          "alter",
          "grant option",
          "show databases",
          "show view",
          "lock tables",
          "replication slave",
          "replication client",
          "select",
          "insert",
          "update",
          "delete",
          "references",
          "index",
          "usage",
          "event",
          "execute",
          "file",
          "process",
          "reload",
          "shutdown",
          "super",
          "trigger");

  /** Those that only MariaDB has. */
  private static final List<String> RIGHTS_OF_MARIADB =
      List.of(
          "replication slave admin",
          "replication master admin",
          "replication replica admin",
          "replication replica",
          "show create routine",
          "delete history",
          "delete versioning rows",
          "binlog admin",
          "binlog monitor",
          "binlog replay",
          "connection admin",
          "federated admin",
          "read_only admin",
          "set user",
          "slave monitor",
          "replica monitor");

  private final Grammar grammar;
  private final Cursor cursor;
  private final Utilities utilities;

  Grants(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.utilities = utilities;
  }

  Statement grant() {
    cursor.expect("grant");
    return cursor.at("proxy", "on") ? proxy(false) : given(false);
  }

  Statement revoke() {
    cursor.expect("revoke");
    if (cursor.settings.mysqlSince(80030)) {
      cursor.take("if", "exists");
    }
    if (cursor.at("proxy", "on")) {
      return proxy(true);
    }
    if (everythingAhead()) {
      cursor.expect("all");
      cursor.take("privileges");
      cursor.expectSymbol(",");
      cursor.expect("grant", "option", "from");
      return new RevokeAll(utilities.accounts.accounts());
    }
    if (cursor.settings.mariadb() && cursor.at("admin", "option")) {
      cursor.expect("admin", "option", "for");
    }
    return given(true);
  }

  /** {@code ALL, GRANT OPTION}, which stands without objects. */
  private boolean everythingAhead() {
    int behind = cursor.peek(1).word("privileges") ? 2 : 1;
    return cursor.at("all") && cursor.peek(behind).symbol(",");
  }

  private GrantProxy proxy(boolean revoke) {
    cursor.expect("proxy", "on");
    Account of = utilities.accounts.account();
    cursor.expect(revoke ? "from" : "to");
    List<Account> accounts = accounts(revoke);
    return new GrantProxy(revoke, of, accounts, !revoke && grantOption());
  }

  private boolean grantOption() {
    if (!cursor.take("with")) {
      return false;
    }
    cursor.expect("grant", "option");
    return true;
  }

  /** Without ON, what looked like rights are roles. */
  private Statement given(boolean revoke) {
    return atRoles(revoke ? "from" : "to") ? roles(revoke) : privileges(revoke);
  }

  private boolean atRoles(String end) {
    int ahead = 0;
    if (RIGHTS.contains(cursor.word())) {
      return false;
    }
    while (grammar.names.names(cursor.peek(ahead)) || cursor.peek(ahead).kind() == Kind.STRING) {
      ahead++;
      if (cursor.peek(ahead).kind() == Kind.USER_VARIABLE) {
        ahead++;
      }
      if (cursor.peek(ahead).word(end)) {
        return true;
      }
      if (!cursor.peek(ahead).symbol(",")) {
        return false;
      }
      ahead++;
    }
    return false;
  }

  private GrantRoles roles(boolean revoke) {
    List<Account> roles = cursor.list(utilities.accounts::role);
    cursor.expect(revoke ? "from" : "to");
    List<Account> accounts = accounts(revoke);
    boolean admin = !revoke && cursor.take("with");
    if (admin) {
      cursor.expect("admin", "option");
    }
    if (revoke) {
      ignoreUnknown();
    }
    return new GrantRoles(revoke, roles, accounts, admin);
  }

  private void ignoreUnknown() {
    if (cursor.settings.mysqlSince(80030) && cursor.take("ignore")) {
      cursor.expect("unknown", "user");
    }
  }

  private GrantPrivileges privileges(boolean revoke) {
    List<Privilege> privileges = privileges();
    cursor.expect("on");
    String kind = kind();
    Level level = level();
    cursor.expect(revoke ? "from" : "to");
    List<Account> accounts = accounts(revoke);
    boolean grantOption = false;
    boolean options = false;
    if (revoke) {
      ignoreUnknown();
    } else {
      grantOption = optionAhead();
      options = options();
    }
    return new GrantPrivileges(revoke, privileges, kind, level, accounts, grantOption, options);
  }

  private boolean options() {
    if (cursor.settings.mariadb()) {
      return !utilities.skips.options("require", "with");
    }
    boolean given = grantOption();
    boolean as = cursor.settings.mysqlSince(80016) && cursor.at("as");
    if (as) {
      utilities.skips.rest();
    }
    return given || as;
  }

  private boolean optionAhead() {
    for (int i = 0; cursor.peek(i).kind() != Kind.END && !cursor.peek(i).symbol(";"); i++) {
      if (cursor.peek(i).word("grant") && cursor.peek(i + 1).word("option")) {
        return true;
      }
    }
    return false;
  }

  private List<Account> accounts(boolean revoke) {
    return cursor.list(
        () -> {
          Account account = utilities.accounts.account();
          if (!revoke && cursor.settings.mariadb()) {
            utilities.accounts.authentication();
          }
          return account;
        });
  }

  private List<Privilege> privileges() {
    if (cursor.take("all")) {
      cursor.take("privileges");
      return List.of(new Privilege("all", List.of()));
    }
    return cursor.list(() -> new Privilege(right(), grammar.names.optionalList()));
  }

  private String right() {
    if (cursor.settings.mariadb()) {
      Optional<String> own = oneOf(RIGHTS_OF_MARIADB);
      if (own.isPresent()) {
        return own.get();
      }
    }
    Optional<String> known = oneOf(RIGHTS);
    if (known.isEmpty() && cursor.settings.mariadb()) {
      throw cursor.unexpected();
    }
    return known.orElseGet(() -> Words.lower(grammar.names.nameOrString().text()));
  }

  private Optional<String> oneOf(List<String> rights) {
    for (String right : rights) {
      String[] words = right.split(" ", -1);
      boolean known = cursor.settings.mysql() || !right.endsWith(" role");
      if (known && at(words)) {
        cursor.expect(words);
        return Optional.of(right);
      }
    }
    return Optional.empty();
  }

  private boolean at(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!cursor.peek(i).word(words[i])) {
        return false;
      }
    }
    return true;
  }

  private String kind() {
    if (!cursor.atAny("table", "function", "procedure", "package")) {
      return "table";
    }
    String kind = cursor.word();
    if (kind.equals("package") && cursor.settings.mysql()) {
      return "table";
    }
    cursor.next();
    return kind.equals("package") && cursor.take("body") ? "package body" : kind;
  }

  private Level level() {
    if (cursor.takeSymbol("*")) {
      if (!cursor.takeSymbol(".")) {
        return new CurrentDatabase();
      }
      cursor.expectSymbol("*");
      return new Everything();
    }
    if (cursor.peek(1).symbol(".") && cursor.peek(2).symbol("*")) {
      DatabaseLevel database = new DatabaseLevel(grammar.names.name());
      cursor.expectSymbol(".");
      cursor.expectSymbol("*");
      return database;
    }
    QualifiedName name = grammar.names.qualifiedName();
    return new ObjectLevel(name);
  }
}
