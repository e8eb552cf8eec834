package io.gatehouse.appliance.sql.mysql;

/** CHARACTER SET, FIELDS and LINES: how values and rows stand in a file. */
final class FileFormats {
  private final Grammar grammar;
  private final Cursor cursor;

  FileFormats(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  void optional() {
    if (cursor.take("charset") || cursor.take("character", "set")) {
      grammar.names.characterSet();
    }
    if (cursor.takeAny("fields", "columns")) {
      fields();
    }
    if (cursor.take("lines")) {
      lines();
    }
  }

  private void fields() {
    boolean any = false;
    while (true) {
      if (cursor.take("optionally")) {
        cursor.expect("enclosed");
      } else if (!cursor.takeAny("terminated", "enclosed", "escaped")) {
        break;
      }
      by();
      any = true;
    }
    if (!any) {
      throw cursor.unexpected();
    }
  }

  private void lines() {
    boolean any = false;
    while (cursor.takeAny("starting", "terminated")) {
      by();
      any = true;
    }
    if (!any) {
      throw cursor.unexpected();
    }
  }

  private void by() {
    cursor.expect("by");
    switch (cursor.token().kind()) {
      case STRING, HEX, BITS -> cursor.next();
      default -> throw cursor.unexpected();
    }
  }
}
