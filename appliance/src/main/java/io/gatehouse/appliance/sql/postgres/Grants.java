package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.Privileges.DefaultPrivileges;
import io.gatehouse.appliance.sql.tree.Privileges.Grant;
import io.gatehouse.appliance.sql.tree.Privileges.GrantRole;
import io.gatehouse.appliance.sql.tree.Privileges.Privilege;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** GRANT, REVOKE and ALTER DEFAULT PRIVILEGES. */
final class Grants {
  private final Grammar grammar;
  private final Cursor cursor;

  Grants(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  private record Objects(String kind, List<QualifiedName> names) {}

  Privileges grant() {
    cursor.expect("grant");
    List<Privilege> privileges = privileges();
    if (cursor.take("on")) {
      Objects objects = objects();
      cursor.expect("to");
      List<Name> roles = grantees();
      boolean option = cursor.take("with");
      if (option) {
        cursor.expect("grant", "option");
      }
      grantedBy();
      return new Grant(false, privileges, objects.kind(), objects.names(), roles, option);
    }
    List<Name> granted = asRoles(privileges);
    cursor.expect("to");
    List<Name> roles = cursor.list(cursor::role);
    if (cursor.take("with")) {
      cursor.list(this::roleOption);
    }
    grantedBy();
    return new GrantRole(false, granted, roles);
  }

  private boolean roleOption() {
    cursor.label();
    if (!cursor.take("option") && !cursor.take("true")) {
      cursor.expect("false");
    }
    return true;
  }

  Privileges revoke() {
    cursor.expect("revoke");
    boolean optionOnly = cursor.peek(1).word("option") && cursor.peek(2).word("for");
    if (optionOnly) {
      cursor.next();
      cursor.expect("option", "for");
    }
    List<Privilege> privileges = privileges();
    if (cursor.take("on")) {
      Objects objects = objects();
      cursor.expect("from");
      List<Name> roles = grantees();
      grantedBy();
      grammar.maintenance.cascade();
      return new Grant(true, privileges, objects.kind(), objects.names(), roles, optionOnly);
    }
    List<Name> granted = asRoles(privileges);
    cursor.expect("from");
    List<Name> roles = cursor.list(cursor::role);
    grantedBy();
    grammar.maintenance.cascade();
    return new GrantRole(true, granted, roles);
  }

  private List<Name> asRoles(List<Privilege> privileges) {
    List<Name> roles = new ArrayList<>();
    for (Privilege privilege : privileges) {
      if (!privilege.columns().isEmpty()) {
        throw cursor.unexpected();
      }
      roles.add(Name.of(privilege.name()));
    }
    return roles;
  }

  private void grantedBy() {
    if (cursor.take("granted")) {
      cursor.expect("by");
      cursor.role();
    }
  }

  private List<Name> grantees() {
    return cursor.list(
        () -> {
          cursor.take("group");
          return cursor.role();
        });
  }

  private List<Privilege> privileges() {
    if (cursor.take("all")) {
      cursor.take("privileges");
      return List.of(new Privilege("all", cursor.optionalNameList()));
    }
    return cursor.list(this::privilege);
  }

  private Privilege privilege() {
    if (cursor.take("alter")) {
      cursor.expect("system");
      return new Privilege("alter system", List.of());
    }
    boolean reserved = cursor.atAny("select", "references", "create");
    String name = reserved ? cursor.next().text() : cursor.columnId().text();
    return new Privilege(name, cursor.optionalNameList());
  }

  /** privilege_target. */
  private Objects objects() {
    if (cursor.take("all")) {
      return allInSchema();
    }
    if (cursor.take("foreign")) {
      return foreign();
    }
    if (cursor.take("large")) {
      cursor.expect("object");
      List<QualifiedName> numbers =
          cursor.list(() -> QualifiedName.of(cursor.signed(Kind.INTEGER, Kind.DECIMAL)));
      return new Objects("large object", numbers);
    }
    if (cursor.take("table")) {
      return new Objects("table", cursor.qualifiedNames());
    }
    Token second = cursor.peek(1);
    boolean bare = second.word("to") || second.word("from");
    if (bare || second.symbol(",") || second.symbol(".")) {
      return new Objects("table", cursor.qualifiedNames());
    }
    return ofKind();
  }

  private Objects ofKind() {
    if (cursor.atAny("function", "procedure", "routine")) {
      String kind = cursor.next().text();
      return new Objects(kind, cursor.list(grammar.definitions::routine));
    }
    boolean known =
        cursor.atAny(
            "sequence",
            "database",
            "domain",
            "language",
            "parameter",
            "schema",
            "tablespace",
            "type");
    if (!known) {
      throw cursor.unexpected();
    }
    String kind = cursor.next().text();
    return new Objects(kind, cursor.qualifiedNames());
  }

  private Objects foreign() {
    if (cursor.take("server")) {
      return new Objects("foreign server", cursor.qualifiedNames());
    }
    cursor.expect("data", "wrapper");
    return new Objects("foreign data wrapper", cursor.qualifiedNames());
  }

  private Objects allInSchema() {
    if (!cursor.atAny("tables", "sequences", "functions", "procedures", "routines")) {
      throw cursor.unexpected();
    }
    String kind = "all " + cursor.next().text() + " in schema";
    cursor.expect("in", "schema");
    return new Objects(kind, cursor.qualifiedNames());
  }

  /** What follows ALTER DEFAULT PRIVILEGES. */
  DefaultPrivileges defaults() {
    List<Name> roles = new ArrayList<>();
    List<Name> schemas = new ArrayList<>();
    while (!cursor.atAny("grant", "revoke")) {
      if (cursor.take("in")) {
        cursor.expect("schema");
        schemas.addAll(cursor.nameList());
      } else {
        cursor.expect("for");
        if (!cursor.take("role")) {
          cursor.expect("user");
        }
        roles.addAll(cursor.list(cursor::role));
      }
    }
    boolean revoke = cursor.next().word("revoke");
    if (revoke && cursor.take("grant")) {
      cursor.expect("option", "for");
    }
    defaultAction(revoke);
    return new DefaultPrivileges(revoke, roles, schemas);
  }

  private void defaultAction(boolean revoke) {
    privileges();
    cursor.expect("on");
    boolean known =
        cursor.atAny("tables", "functions", "routines", "sequences", "types", "schemas", "large");
    if (!known) {
      throw cursor.unexpected();
    }
    if (cursor.next().word("large")) {
      cursor.expect("objects");
    }
    cursor.expect(revoke ? "from" : "to");
    grantees();
    if (revoke) {
      grammar.maintenance.cascade();
    } else if (cursor.take("with")) {
      cursor.expect("grant", "option");
    }
  }
}
