package io.gatehouse.appliance.masking.twin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Statements over the bank's tables for MySQL and MariaDB, as {@link SqlGenerator} makes them for
 * PostgreSQL. All tables are in one database, which the session has chosen.
 */
public final class MysqlGenerator {
  private static final int TOUCH_PERCENT = 48;
  private static final Pattern SCHEMAS = Pattern.compile("\\b(bank|hr|ref|audit)\\.");

  private final boolean mariadb;

  public MysqlGenerator(boolean mariadb) {
    this.mariadb = mariadb;
  }

  public MysqlGenerated next(long seed) {
    Draft draft = new Draft(seed, TOUCH_PERCENT, new MysqlWords());
    boolean changes = draft.chance(12);
    String sql =
        changes
            ? new MysqlChanges(draft, mariadb).any()
            : new MysqlSelects(draft, mariadb).any(String.valueOf(draft.number(8, 70)));
    sql = unqualified(sql);
    boolean prepared = draft.chance(35);
    // A cursor for a DELETE that returns rows ends MariaDB 11.4.5.
    boolean cursor = prepared && !changes && draft.chance(40);
    if (prepared) {
      draft.uses(Construct.PREPARED);
    }
    if (cursor) {
      draft.uses(Construct.CURSOR);
    }
    List<String> statements =
        changes ? List.of("START TRANSACTION", sql, "ROLLBACK") : List.of(sql);
    return new MysqlGenerated(
        seed, statements, prepared, cursor, draft.constructs(), draft.touched());
  }

  /** Names of tables are the same in one database as in several. */
  public static String unqualified(String sql) {
    return SCHEMAS.matcher(sql).replaceAll("");
  }
}
