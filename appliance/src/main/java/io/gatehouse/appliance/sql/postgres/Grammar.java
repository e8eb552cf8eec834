package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.Parentheses;

/** The parts of the grammar over one cursor, which reach each other through here. */
final class Grammar {
  final Cursor cursor;
  final Expressions expressions;
  final Primaries primaries;
  final Functions functions;
  final FunctionSyntax functionSyntax;
  final JsonSyntax json;
  final XmlSyntax xml;
  final TypeNames types;
  final Parentheses parentheses;
  final Queries queries;
  final SelectClauses selectClauses;
  final Windows windows;
  final FromItems from;
  final TableFunctions tableFunctions;
  final CommonTables commonTables;
  final Changes changes;
  final Merges merges;
  final Options options;
  final Settings settings;
  final Sessions sessions;
  final Transactions transactions;
  final Copies copies;
  final MaintenanceStatements maintenance;
  final Grants grants;
  final Definitions definitions;
  final Creations creations;
  final Statements statements;

  Grammar(Cursor cursor) {
    this.cursor = cursor;
    expressions = new Expressions(this);
    primaries = new Primaries(this);
    functions = new Functions(this);
    functionSyntax = new FunctionSyntax(this);
    json = new JsonSyntax(this);
    xml = new XmlSyntax(this);
    types = new TypeNames(this);
    queries = new Queries(this);
    parentheses = new Parentheses(cursor, queries, expressions, primaries::indirected);
    selectClauses = new SelectClauses(this);
    windows = new Windows(this);
    from = new FromItems(this);
    tableFunctions = new TableFunctions(this);
    commonTables = new CommonTables(this);
    changes = new Changes(this);
    merges = new Merges(this);
    options = new Options(this);
    settings = new Settings(this);
    sessions = new Sessions(this);
    transactions = new Transactions(this);
    copies = new Copies(this);
    maintenance = new MaintenanceStatements(this);
    grants = new Grants(this);
    definitions = new Definitions(this);
    creations = new Creations(this);
    statements = new Statements(this);
  }
}
