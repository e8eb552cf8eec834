package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.plugin.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a session of MySQL or MariaDB for its database and for what its texts are read by. Its
 * temporary tables it cannot ask for: neither server lists them.
 */
public final class MysqlQuestion implements NamesQuestion {

  /** In hexadecimal digits, which are the same whatever character set results come in. */
  private static final String NAMES =
      "SELECT HEX(CONVERT(DATABASE() USING utf8mb4)), HEX(CONVERT(CURRENT_USER() USING utf8mb4)),"
          + " HEX(CONVERT(@@SESSION.sql_mode USING utf8mb4)),"
          + " HEX(CONVERT(@@SESSION.character_set_client USING utf8mb4)),"
          + " HEX(CONVERT(@@GLOBAL.version USING utf8mb4)),"
          + " HEX(CONVERT(@@GLOBAL.lower_case_table_names USING utf8mb4))";

  private static final int COLUMNS = 6;

  @Override
  public String sql() {
    return NAMES;
  }

  @Override
  public int maxRows() {
    return 1;
  }

  @Override
  public Optional<Told> told(List<List<Value>> rows) {
    if (rows.size() != 1 || rows.getFirst().size() != COLUMNS) {
      return Optional.empty();
    }
    List<Value> row = rows.getFirst();
    Optional<String> database = row.get(0) instanceof Value.Null ? Optional.of("") : text(row, 0);
    Optional<String> user = text(row, 1);
    Optional<String> modes = text(row, 2);
    Optional<String> charset = text(row, 3);
    Optional<String> version = text(row, 4);
    Optional<String> ignoreCase = text(row, 5);
    boolean all =
        database.isPresent()
            && user.isPresent()
            && modes.isPresent()
            && charset.isPresent()
            && version.isPresent()
            && ignoreCase.isPresent();
    return all
        ? Optional.of(
            new Told(
                database.get().isEmpty() ? List.of() : List.of(database.get()),
                user.get(),
                Optional.empty(),
                Set.of(),
                Map.of(
                    SessionSettings.SQL_MODE, modes.get(),
                    SessionSettings.CHARSET, charset.get(),
                    SessionSettings.VERSION, version.get(),
                    SessionSettings.NAMES_IGNORE_CASE, ignoreCase.get())))
        : Optional.empty();
  }

  private static Optional<String> text(List<Value> row, int index) {
    if (!(row.get(index) instanceof Value.Text(String digits))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
