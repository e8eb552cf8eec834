package io.gatehouse.appliance.sql.coverage;

import io.gatehouse.appliance.sql.corpus.Said;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Says what others have said, by pgjdbc, to whoever is there. */
final class Reader implements AutoCloseable {
  private static final Pattern PARAMETER = Pattern.compile("\\$\\d+");
  private static final Pattern LEAVES_NOTHING =
      Pattern.compile("(select|with|table|values|show|explain)\\b");

  private final Mode mode;
  private final Door door;
  private @Nullable Connection open;

  /** How the driver says it. */
  enum Mode {
    SIMPLE("simple", ""),
    EXTENDED("extended", "x");

    private final String word;
    private final String mark;

    Mode(String word, String mark) {
      this.word = word;
      this.mark = mark;
    }

    /** Behind the number of a statement that was said so. */
    String mark() {
      return mark;
    }
  }

  /** Whoever lets in. */
  @FunctionalInterface
  interface Door {
    Connection open(String options) throws SQLException;
  }

  Reader(Mode mode, Door door) {
    this.mode = mode;
    this.door = door;
  }

  /** In sessions that write nothing and wait for nothing. */
  static Connection at(String address, String user, String options) throws SQLException {
    String readOnly = "&options=-c%20default_transaction_read_only=on%20-c%20statement_timeout=3s";
    return DriverManager.getConnection(address + "?" + options + readOnly, user, "");
  }

  /** Why it was not answered to its end, or empty. */
  Optional<SQLException> ask(Said said) throws SQLException {
    boolean keeps = LEAVES_NOTHING.matcher(said.sql().toLowerCase(Locale.ROOT)).lookingAt();
    try {
      Connection connection = connection();
      if (mode == Mode.SIMPLE && said.sql().toLowerCase(Locale.ROOT).startsWith("copy")) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(said.sql(), OutputStream.nullOutputStream());
      } else if (mode == Mode.EXTENDED && PARAMETER.matcher(said.sql()).find()) {
        withNulls(connection, said.sql());
      } else {
        plain(connection, said.sql());
      }
      return Optional.empty();
    } catch (SQLException e) {
      keeps &= e.getSQLState() != null && !e.getSQLState().startsWith("08");
      return Optional.of(e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      if (!keeps) {
        close();
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = open;
    if (connection == null) {
      connection = door.open("prepareThreshold=2&preferQueryMode=" + mode.word);
      open = connection;
    }
    return connection;
  }

  private static void plain(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      drain(statement, statement.execute(sql));
    }
  }

  /** The values of the parameters were not kept, and the server needs some. */
  private static void withNulls(Connection connection, String sql) throws SQLException {
    String marked = PARAMETER.matcher(sql.replace("?", "??")).replaceAll("?");
    try (PreparedStatement statement = connection.prepareStatement(marked)) {
      long count = PARAMETER.matcher(sql).results().count();
      for (int i = 1; i <= count; i++) {
        statement.setNull(i, Types.NULL);
      }
      drain(statement, statement.execute());
    }
  }

  private static void drain(Statement statement, boolean first) throws SQLException {
    boolean rows = first;
    while (rows || statement.getUpdateCount() >= 0) {
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            result.getString(1);
          }
        }
      }
      rows = statement.getMoreResults();
    }
  }

  @Override
  public void close() throws SQLException {
    Connection connection = open;
    open = null;
    if (connection != null) {
      connection.close();
    }
  }
}
