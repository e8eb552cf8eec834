package io.gatehouse.appliance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What clients know of the rows they wrote. A row has a number that is used once. Thread-safe. */
final class Ledger {
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Long> committed = ConcurrentHashMap.newKeySet();
  private final Set<Long> undone = ConcurrentHashMap.newKeySet();

  /** What must not have happened. */
  final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /** Unused so far; the rows have these numbers and the ones that follow. */
  long reserve(int rows) {
    return numbers.getAndAdd(rows) + 1;
  }

  /** The server said so. */
  void committed(long first, int rows) {
    for (int i = 0; i < rows; i++) {
      committed.add(first + i);
    }
  }

  /** The client never asked for their commit, or the server said they were rolled back. */
  void undone(long first, int rows) {
    for (int i = 0; i < rows; i++) {
      undone.add(first + i);
    }
  }

  long acknowledged() {
    return committed.size();
  }

  void assertMatches(Connection database) throws SQLException {
    Map<Long, Integer> found = new HashMap<>();
    List<Long> changed = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select id, payload = md5(id::text) from ledger")) {
      while (rows.next()) {
        found.merge(rows.getLong(1), 1, Integer::sum);
        if (!rows.getBoolean(2)) {
          changed.add(rows.getLong(1));
        }
      }
    }
    assertThat(found.values()).as("no row came twice").allMatch(times -> times == 1);
    assertThat(changed).as("rows with another content").isEmpty();
    assertThat(committed).as("acknowledged").allMatch(found::containsKey);
    assertThat(undone).as("undone").noneMatch(found::containsKey);
    assertThat(found.keySet()).as("asked for").allMatch(number -> number <= numbers.get());
  }
}
