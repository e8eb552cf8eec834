package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.NameState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session named in SQL: texts behind PREPARE, queries behind DECLARE. Owned by the session's
 * event loop. A name that is not here stands for something nobody read.
 */
final class Keeping {

  /** Each costs the server more than the gate; past this, new ones are as unknown as others. */
  private static final int MAX_NAMES = 1_000;

  private static final long MAX_BYTES = 16L << 20;

  private final Map<String, Statement> statements = new HashMap<>();
  private final Map<String, Cursor> cursors = new HashMap<>();
  private long bytes;

  /**
   * A query that has begun.
   *
   * @param text the DECLARE that began it
   * @param names what names meant to it
   * @param taken how much of it was fetched
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Cursor(byte[] text, NameState names, Portions.Taken taken) {}

  /**
   * A text that was prepared.
   *
   * @param text the PREPARE that did it
   * @param names what names meant to it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Statement(byte[] text, NameState names) {}

  void prepared(String name, byte[] text, NameState names) {
    Statement old = statements.remove(name);
    bytes -= old == null ? 0 : old.text().length;
    if (room(statements, text)) {
      statements.put(name, new Statement(text, names));
    }
  }

  /** An empty name stands for all. */
  void closed(String cursor) {
    if (cursor.isEmpty()) {
      cursors.values().forEach(all -> bytes -= all.text().length);
      cursors.clear();
    }
    Cursor old = cursors.remove(cursor);
    bytes -= old == null ? 0 : old.text().length;
  }

  void declared(String name, byte[] text, NameState names) {
    closed(name);
    if (room(cursors, text)) {
      cursors.put(name, new Cursor(text, names, new Portions.Taken(0)));
    }
  }

  private boolean room(Map<String, ?> names, byte[] text) {
    boolean room = names.size() < MAX_NAMES && bytes + text.length <= MAX_BYTES;
    bytes += room ? text.length : 0;
    return room;
  }

  /** An empty name stands for all. */
  void deallocated(String name) {
    if (name.isEmpty()) {
      statements.values().forEach(one -> bytes -= one.text().length);
      statements.clear();
    } else {
      Statement old = statements.remove(name);
      bytes -= old == null ? 0 : old.text().length;
    }
  }

  /** Code ran that may have put something else behind any of them. */
  void distrust() {
    statements.clear();
    cursors.clear();
    bytes = 0;
  }

  @Nullable Statement statement(String name) {
    return statements.get(name);
  }

  @Nullable Cursor cursor(String name) {
    return cursors.get(name);
  }
}
