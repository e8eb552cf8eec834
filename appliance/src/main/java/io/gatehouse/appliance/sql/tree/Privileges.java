package io.gatehouse.appliance.sql.tree;

import java.util.List;

/** A statement that gives or takes rights. */
public sealed interface Privileges extends Statement {

  /**
   * @param name lower-case; {@code all} for ALL PRIVILEGES
   */
  record Privilege(String name, List<Name> columns) {
    public Privilege {
      columns = List.copyOf(columns);
    }
  }

  /**
   * GRANT or REVOKE on objects.
   *
   * @param kind lower-case words: {@code table}, {@code sequence}, {@code all tables in schema} ...
   * @param objects the objects, or the schemas of an {@code all ... in schema}
   * @param roles as written, {@code public} and {@code current_user} among them
   */
  record Grant(
      boolean revoke,
      List<Privilege> privileges,
      String kind,
      List<QualifiedName> objects,
      List<Name> roles,
      boolean grantOption)
      implements Privileges {
    public Grant {
      privileges = List.copyOf(privileges);
      objects = List.copyOf(objects);
      roles = List.copyOf(roles);
    }
  }

  /** GRANT or REVOKE of membership. */
  record GrantRole(boolean revoke, List<Name> granted, List<Name> roles) implements Privileges {
    public GrantRole {
      granted = List.copyOf(granted);
      roles = List.copyOf(roles);
    }
  }

  /** ALTER DEFAULT PRIVILEGES. */
  record DefaultPrivileges(boolean revoke, List<Name> roles, List<Name> schemas)
      implements Privileges {
    public DefaultPrivileges {
      roles = List.copyOf(roles);
      schemas = List.copyOf(schemas);
    }
  }
}
