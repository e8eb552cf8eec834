package io.gatehouse.appliance.sql.postgres;

/**
 * The few actions of ALTER TABLE that are read: those that neither rename nor name anything else.
 */
final class TableActions {
  private final Cursor cursor;

  TableActions(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Whether all that is left of the statement is such actions; if not, some of it may be left. */
  boolean readAll() {
    do {
      if (!trigger() && !column()) {
        return false;
      }
    } while (cursor.takeSymbol(","));
    return cursor.atEnd();
  }

  private boolean trigger() {
    boolean switched = cursor.take("enable", "trigger") || cursor.take("disable", "trigger");
    return switched && (cursor.take("all") || cursor.take("user") || taken());
  }

  private boolean column() {
    if (!cursor.take("alter")) {
      return false;
    }
    cursor.take("column");
    return taken() && (cursor.take("drop", "default") || nullability());
  }

  private boolean nullability() {
    return (cursor.take("set") || cursor.take("drop")) && cursor.take("not", "null");
  }

  private boolean taken() {
    boolean name = cursor.atColumnId();
    if (name) {
      cursor.columnId();
    }
    return name;
  }
}
