package io.gatehouse.appliance.sql.tree;

import io.gatehouse.appliance.sql.tree.Privileges.Privilege;
import java.util.List;
import java.util.Optional;

/** Users, roles, passwords and rights of MySQL and MariaDB. */
public sealed interface MysqlAccounts extends MysqlStatement {

  /**
   * CREATE, ALTER and DROP of users and roles. Passwords and options are not in the tree.
   *
   * @param kind {@code user} or {@code role}
   */
  record DefineAccounts(
      Statement.Verb verb,
      String kind,
      List<Account> accounts,
      boolean orReplace,
      boolean ifExists,
      boolean bodyRead)
      implements MysqlAccounts {
    public DefineAccounts {
      accounts = List.copyOf(accounts);
    }
  }

  record AccountRename(Account from, Account to) {}

  record RenameUsers(List<AccountRename> renames) implements MysqlAccounts {
    public RenameUsers {
      renames = List.copyOf(renames);
    }
  }

  /**
   * @param account absent for whoever asks
   */
  record SetPassword(Optional<Account> account) implements MysqlAccounts {}

  enum RoleChoice {
    NONE,
    ALL,
    ALL_EXCEPT,
    DEFAULT,
    NAMED
  }

  record SetRole(RoleChoice choice, List<Account> roles) implements MysqlAccounts {
    public SetRole {
      roles = List.copyOf(roles);
    }
  }

  /**
   * @param accounts none for whoever asks
   */
  record SetDefaultRole(RoleChoice choice, List<Account> roles, List<Account> accounts)
      implements MysqlAccounts {
    public SetDefaultRole {
      roles = List.copyOf(roles);
      accounts = List.copyOf(accounts);
    }
  }

  /** What rights are on. */
  sealed interface Level {}

  /** {@code *.*}. */
  record Everything() implements Level {}

  /** {@code *}: the current database, or everything without one. */
  record CurrentDatabase() implements Level {}

  /**
   * {@code db.*}.
   *
   * @param pattern in which {@code _} and {@code %} are wildcards
   */
  record DatabaseLevel(Name pattern) implements Level {}

  record ObjectLevel(QualifiedName name) implements Level {}

  /**
   * GRANT or REVOKE of rights.
   *
   * @param kind {@code table}, {@code function}, {@code procedure}, {@code package}, {@code package
   *     body}
   * @param options whether WITH, AS or what says how someone logs in follows
   */
  record GrantPrivileges(
      boolean revoke,
      List<Privilege> privileges,
      String kind,
      Level level,
      List<Account> accounts,
      boolean grantOption,
      boolean options)
      implements MysqlAccounts {
    public GrantPrivileges {
      privileges = List.copyOf(privileges);
      accounts = List.copyOf(accounts);
    }
  }

  record GrantRoles(
      boolean revoke, List<Account> roles, List<Account> accounts, boolean adminOption)
      implements MysqlAccounts {
    public GrantRoles {
      roles = List.copyOf(roles);
      accounts = List.copyOf(accounts);
    }
  }

  /** The right to be someone else. */
  record GrantProxy(boolean revoke, Account of, List<Account> accounts, boolean grantOption)
      implements MysqlAccounts {
    public GrantProxy {
      accounts = List.copyOf(accounts);
    }
  }

  /** REVOKE ALL, GRANT OPTION. */
  record RevokeAll(List<Account> accounts) implements MysqlAccounts {
    public RevokeAll {
      accounts = List.copyOf(accounts);
    }
  }
}
