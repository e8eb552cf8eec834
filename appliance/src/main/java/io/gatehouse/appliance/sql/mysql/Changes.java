package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Statement;

/** INSERT, REPLACE, UPDATE and DELETE. */
final class Changes {
  private final Cursor cursor;

  Changes(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  Statement insert() {
    throw cursor.unexpected();
  }

  Statement replace() {
    throw cursor.unexpected();
  }

  Statement updateOrDelete() {
    throw cursor.unexpected();
  }

  /** A statement that begins with WITH. */
  Statement afterWithOrQuery() {
    throw cursor.unexpected();
  }
}
