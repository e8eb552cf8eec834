package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.mysql.Picture.Row;
import java.util.HashSet;
import java.util.Set;

/**
 * What the held user is shown of others' code. Only what was granted to the user itself, on all
 * databases, on one by its name, or on a table: roles and patterns are not followed.
 */
final class Rights {
  private static final String TRIGGER = "TRIGGER";
  private static final String SELECT = "SELECT";

  private final Server server;
  private final String grantee;
  private final Set<String> everywhere = new HashSet<>();
  private final Set<String> schemas = new HashSet<>();
  private final Set<QualifiedName> tables = new HashSet<>();
  private boolean procedures;

  Rights(Picture picture, Server server) {
    this.server = server;
    this.grantee = grantee(server.user());
    boolean partial =
        picture.of("partial").stream().anyMatch(row -> row.text(0).equalsIgnoreCase("ON"));
    if (!partial) {
      picture.of("server-right").stream()
          .filter(this::own)
          .forEach(row -> everywhere.add(row.text(1)));
    }
    picture.of("schema-right").stream().filter(this::own).forEach(this::schema);
    picture.of("table-right").stream().filter(this::own).forEach(this::table);
  }

  /** As information_schema writes it; the host has no at sign, the user may have one. */
  private static String grantee(String user) {
    int at = user.lastIndexOf('@');
    return "'" + user.substring(0, at) + "'@'" + user.substring(at + 1) + "'";
  }

  private boolean own(Row row) {
    return row.text(0).equals(grantee);
  }

  private void schema(Row row) {
    if (row.text(1).equals(TRIGGER)) {
      schemas.add(server.schema(row.text(2).replace("\\_", "_").replace("\\%", "%")));
    }
  }

  private void table(Row row) {
    QualifiedName name = server.relation(row.text(2), row.text(3));
    if (row.text(1).equals(TRIGGER)) {
      tables.add(name);
    } else if (name.equals(new QualifiedName("mysql", "proc"))) {
      procedures = true;
    }
  }

  /** Whether all triggers of a table are shown. */
  boolean triggers(QualifiedName table) {
    return everywhere.contains(TRIGGER)
        || schemas.contains(table.schema())
        || tables.contains(table);
  }

  /** Whether all routines are shown. */
  boolean routines() {
    return everywhere.contains(SELECT) || procedures;
  }
}
