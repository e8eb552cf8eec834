package io.gatehouse.appliance.masking.twin;

import java.util.List;
import java.util.Set;

/**
 * A statement of MySQL or MariaDB, or a short script on one connection, as a seed gives it.
 *
 * @param prepared whether it goes as a prepared statement
 * @param cursor whether its rows are fetched
 * @param touchesProtected whether its answer may depend on a protected value; if not, it never does
 */
public record MysqlGenerated(
    long seed,
    List<String> statements,
    boolean prepared,
    boolean cursor,
    Set<Construct> constructs,
    boolean touchesProtected) {
  public MysqlGenerated {
    statements = List.copyOf(statements);
    constructs = Set.copyOf(constructs);
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + String.join(";\n", statements);
  }
}
