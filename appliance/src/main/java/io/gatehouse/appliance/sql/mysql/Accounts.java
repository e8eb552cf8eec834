package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.AccountRename;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.DefineAccounts;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.RenameUsers;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.List;
import java.util.Optional;

/** Users and roles: their names, how they log in, and statements about them. */
final class Accounts {
  private static final String[] OPTIONS = {"require", "with", "password", "account"};

  private static final String[] OPTIONS_OF_MYSQL = {
    "require", "with", "password", "account", "default", "discard"
  };

  private static final String[] OPTIONS_OF_LATER_MYSQL = {
    "require",
    "with",
    "password",
    "account",
    "default",
    "discard",
    "failed_login_attempts",
    "password_lock_time",
    "comment",
    "attribute",
    "add",
    "modify",
    "drop"
  };

  private final Grammar grammar;
  private final Cursor cursor;
  private final Skips skips;

  Accounts(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.skips = utilities.skips;
  }

  /** user, of which the scanner makes a name and a variable. */
  Account account() {
    if (cursor.take("current_user")) {
      if (cursor.takeSymbol("(")) {
        cursor.expectSymbol(")");
      }
      return new Account(Name.of("current_user"), Optional.empty());
    }
    Name user = grammar.names.nameOrString();
    boolean host = cursor.is(Kind.USER_VARIABLE);
    return new Account(
        user, host ? Optional.of(new Name(cursor.next().text(), true)) : Optional.empty());
  }

  List<Account> accounts() {
    return cursor.list(this::account);
  }

  /** A role, which has no host on MariaDB. */
  Account role() {
    return cursor.settings.mysql()
        ? account()
        : new Account(grammar.names.nameOrString(), Optional.empty());
  }

  /** How an account logs in. */
  void authentication() {
    if (!cursor.take("identified")) {
      return;
    }
    if (cursor.settings.mysql()) {
      mysqlFactors();
    } else {
      mariadbPlugins();
    }
  }

  private void mysqlFactors() {
    mysqlFactor();
    while (cursor.settings.mysqlSince(80027) && cursor.take("and")) {
      cursor.expect("identified");
      mysqlFactor();
    }
  }

  private void mysqlFactor() {
    if (!cursor.take("by")) {
      cursor.expect("with");
      grammar.names.nameOrString();
      if (cursor.take("as")) {
        hash();
        return;
      }
      if (!cursor.take("by")) {
        return;
      }
    }
    newPassword();
  }

  private void hash() {
    if (cursor.settings.mysqlSince(80017) && cursor.is(Kind.HEX)) {
      cursor.next();
    } else {
      cursor.string();
    }
  }

  private void newPassword() {
    if (cursor.settings.mysqlSince(80018) && cursor.take("random")) {
      cursor.expect("password");
    } else {
      cursor.string();
    }
    if (cursor.take("replace")) {
      cursor.string();
    }
    if (cursor.take("retain")) {
      cursor.expect("current", "password");
    }
  }

  private void mariadbPlugins() {
    if (cursor.take("by")) {
      cursor.take("password");
      cursor.string();
      return;
    }
    if (!cursor.takeAny("with", "via")) {
      throw cursor.unexpected();
    }
    do {
      grammar.names.nameOrString();
      if (cursor.takeAny("using", "as", "by")) {
        if (cursor.take("password")) {
          cursor.inParentheses(cursor::string);
        } else {
          cursor.string();
        }
      }
    } while (cursor.take("or"));
  }

  /** An account of CREATE and ALTER. */
  private Account withAuthentication() {
    Account account = account();
    authentication();
    return account;
  }

  /** What follows CREATE USER and CREATE ROLE. */
  DefineAccounts create(boolean orReplace) {
    String kind = Words.lower(cursor.next().text());
    boolean ifNotExists = false;
    if (cursor.take("if")) {
      cursor.expect("not", "exists");
      ifNotExists = true;
    }
    boolean user = kind.equals("user");
    List<Account> accounts = cursor.list(user ? this::withAuthentication : this::role);
    boolean read = user ? skips.options(options()) : roleOptions();
    return new DefineAccounts(Verb.CREATE, kind, accounts, orReplace, ifNotExists, read);
  }

  /** What follows ALTER. */
  DefineAccounts alter() {
    cursor.expect("user");
    boolean ifExists = cursor.take("if", "exists");
    if (cursor.settings.mysql()
        && cursor.at("user")
        && cursor.peek(1).symbol("(")
        && cursor.peek(2).symbol(")")) {
      cursor.next();
      cursor.next();
      cursor.next();
      skips.rest();
      Account self = new Account(Name.of("current_user"), Optional.empty());
      return new DefineAccounts(Verb.ALTER, "user", List.of(self), false, ifExists, false);
    }
    List<Account> accounts = cursor.list(this::withAuthentication);
    boolean read = atFactor() ? skipped() : skips.options(options());
    return new DefineAccounts(Verb.ALTER, "user", accounts, false, ifExists, read);
  }

  private String[] options() {
    if (cursor.settings.mariadb()) {
      return OPTIONS;
    }
    return cursor.settings.mysqlSince(80021) ? OPTIONS_OF_LATER_MYSQL : OPTIONS_OF_MYSQL;
  }

  private boolean roleOptions() {
    return cursor.settings.mysql() ? cursor.atEnd() : skips.options("with");
  }

  /** {@code 2 FACTOR}, of users with several ways to prove themselves. */
  private boolean atFactor() {
    return cursor.settings.mysqlSince(80027)
        && cursor.is(Kind.INTEGER)
        && cursor.peek(1).word("factor");
  }

  private boolean skipped() {
    skips.rest();
    return false;
  }

  /** What follows DROP. */
  DefineAccounts drop() {
    String kind = Words.lower(cursor.next().text());
    boolean ifExists = cursor.take("if", "exists");
    List<Account> accounts = kind.equals("user") ? accounts() : cursor.list(this::role);
    return new DefineAccounts(Verb.DROP, kind, accounts, false, ifExists, true);
  }

  /** What follows RENAME. */
  RenameUsers rename() {
    cursor.expect("user");
    return new RenameUsers(
        cursor.list(
            () -> {
              Account from = account();
              cursor.expect("to");
              return new AccountRename(from, account());
            }));
  }
}
