package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.Parentheses;
import java.util.function.UnaryOperator;

/** The parts of the grammar over one cursor, which reach each other through here. */
final class Grammar {
  final Cursor cursor;
  final Names names;
  final Expressions expressions;
  final Primaries primaries;
  final Parentheses parentheses;
  final Functions functions;
  final FunctionSyntax functionSyntax;
  final TypeNames types;
  final Windows windows;
  final Queries queries;
  final SelectClauses selectClauses;
  final FromItems from;
  final JsonTables jsonTables;
  final CommonTables commonTables;
  final FileFormats fileFormats;
  final Changes changes;
  final Deletions deletions;
  final Utilities utilities;
  final Statements statements;

  Grammar(Cursor cursor) {
    this.cursor = cursor;
    names = new Names(this);
    expressions = new Expressions(this);
    primaries = new Primaries(this);
    functions = new Functions(this);
    functionSyntax = new FunctionSyntax(this);
    types = new TypeNames(this);
    windows = new Windows(this);
    queries = new Queries(this);
    parentheses = new Parentheses(cursor, queries, expressions, UnaryOperator.identity());
    selectClauses = new SelectClauses(this);
    from = new FromItems(this);
    jsonTables = new JsonTables(this);
    commonTables = new CommonTables(this);
    fileFormats = new FileFormats(this);
    changes = new Changes(this);
    deletions = new Deletions(this);
    utilities = new Utilities(this);
    statements = new Statements(this);
  }
}
