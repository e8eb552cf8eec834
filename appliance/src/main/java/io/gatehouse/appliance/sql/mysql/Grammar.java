package io.gatehouse.appliance.sql.mysql;

/** The parts of the grammar over one cursor, which reach each other through here. */
final class Grammar {
  final Cursor cursor;
  final Names names;
  final Expressions expressions;
  final Queries queries;
  final Changes changes;
  final Statements statements;

  Grammar(Cursor cursor) {
    this.cursor = cursor;
    names = new Names(this);
    expressions = new Expressions(this);
    queries = new Queries(this);
    changes = new Changes(this);
    statements = new Statements(this);
  }
}
