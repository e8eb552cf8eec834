package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.MysqlAccounts;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users, roles, passwords and rights. */
final class Accounts {
  private final Findings findings;
  private final MysqlNames names;

  Accounts(Findings findings, MysqlNames names) {
    this.findings = findings;
    this.names = names;
  }

  void change(MysqlAccounts change) {
    switch (change) {
      case MysqlAccounts.SetRole(_, List<Account> roles) -> {
        findings.touches(Operation.GRANT, Resource.Kind.SETTING, "role");
        roles(roles);
        findings.trait(Trait.IDENTITY);
        return;
      }
      case MysqlAccounts.DefineAccounts define -> {
        roles(define.accounts());
        if (!define.bodyRead()) {
          findings.outlineOnly();
        }
      }
      case MysqlAccounts.RenameUsers(var renames) ->
          renames.forEach(rename -> roles(List.of(rename.from(), rename.to())));
      case MysqlAccounts.SetPassword(var account) -> roles(account.stream().toList());
      case MysqlAccounts.SetDefaultRole set -> {
        roles(set.roles());
        roles(set.accounts());
      }
      case MysqlAccounts.GrantPrivileges grant -> {
        roles(grant.accounts());
        level(grant);
        if (grant.options()) {
          findings.outlineOnly();
        }
      }
      case MysqlAccounts.GrantRoles grant -> {
        roles(grant.roles());
        roles(grant.accounts());
      }
      case MysqlAccounts.GrantProxy grant -> {
        roles(List.of(grant.of()));
        roles(grant.accounts());
        findings.trait(Trait.IDENTITY);
      }
      case MysqlAccounts.RevokeAll(List<Account> accounts) -> {
        roles(accounts);
        findings.touches(Operation.GRANT, Resource.Kind.DATABASE);
      }
    }
    findings.touches(Operation.GRANT, Resource.Kind.ROLE);
    findings.trait(Trait.PRIVILEGES);
    findings.leaves(Consequence.ENDS_TRANSACTION);
  }

  private void roles(List<Account> accounts) {
    for (Account account : accounts) {
      findings.touches(Operation.GRANT, Resource.Kind.ROLE, account.user().text());
    }
  }

  private void level(MysqlAccounts.GrantPrivileges grant) {
    switch (grant.level()) {
      case MysqlAccounts.Everything _ -> findings.touches(Operation.GRANT, Resource.Kind.DATABASE);
      case MysqlAccounts.CurrentDatabase _ ->
          names
              .database()
              .ifPresentOrElse(
                  database -> findings.touches(Operation.GRANT, Resource.Kind.SCHEMA, database),
                  () -> findings.touches(Operation.GRANT, Resource.Kind.DATABASE));
      case MysqlAccounts.DatabaseLevel(Name pattern) -> databases(pattern.text());
      case MysqlAccounts.ObjectLevel(var name) -> object(grant, names.full(name));
    }
  }

  private void databases(String pattern) {
    String plain = pattern.replaceAll("\\\\([_%])", "$1");
    findings.touches(Operation.GRANT, Resource.Kind.SCHEMA, names.stored(plain));
    if (pattern.matches("(?s).*(?<!\\\\)[_%].*")) {
      findings.touches(Operation.GRANT, Resource.Kind.DATABASE);
    }
  }

  private void object(MysqlAccounts.GrantPrivileges grant, QualifiedName name) {
    if (!grant.kind().equals("table")) {
      findings.touches(Operation.GRANT, Resource.Kind.FUNCTION, name.schema(), name.name());
      return;
    }
    findings.touches(Operation.GRANT, Resource.Kind.TABLE, name.schema(), name.name());
    grant.privileges().stream()
        .flatMap(privilege -> privilege.columns().stream())
        .forEach(
            column ->
                findings.touches(
                    Operation.GRANT,
                    Resource.Kind.COLUMN,
                    name.schema(),
                    name.name(),
                    spelled(name, column.text())));
  }

  /** As the catalog has it, if it does. */
  private String spelled(QualifiedName table, String column) {
    Relation relation = names.catalog().relation(table.schema(), table.name());
    @Nullable String stored = relation == null ? null : MysqlNames.column(relation, column);
    return stored == null ? column : stored;
  }
}
