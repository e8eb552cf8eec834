package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Statement;

/** All statements but queries and changes of rows, by their first words. */
final class Utilities {
  final Skips skips;
  final Accounts accounts;
  final Transactions transactions;
  private final Cursor cursor;
  private final Sessions sessions;
  private final Conditions conditions;
  private final Locks locks;
  private final Settings settings;
  private final Handlers handlers;
  private final Loads loads;
  private final Shows shows;
  private final Explanations explanations;
  private final Creations creations;
  private final Alterations alterations;
  private final Grants grants;
  private final TableCares tables;
  private final Administrations administrations;

  Utilities(Grammar grammar) {
    cursor = grammar.cursor;
    skips = new Skips(grammar);
    accounts = new Accounts(grammar, this);
    transactions = new Transactions(grammar);
    sessions = new Sessions(grammar, this);
    conditions = new Conditions(grammar);
    locks = new Locks(grammar);
    settings = new Settings(grammar, this);
    handlers = new Handlers(grammar);
    loads = new Loads(grammar, this);
    shows = new Shows(grammar, this);
    explanations = new Explanations(grammar);
    creations = new Creations(grammar, this);
    alterations = new Alterations(grammar, this);
    grants = new Grants(grammar, this);
    tables = new TableCares(grammar, this);
    administrations = new Administrations(grammar, this);
  }

  Statement read() {
    return switch (cursor.word()) {
      case "begin" -> transactions.begin();
      case "commit" -> transactions.commit();
      case "rollback" -> transactions.rollback();
      case "savepoint" -> transactions.savepoint();
      case "release" -> transactions.release();
      case "xa" -> transactions.xa();
      case "start" ->
          cursor.at("start", "transaction") ? transactions.start() : administrations.replicate();
      case "set" -> settings.set();
      case "show" -> shows.show();
      case "explain", "describe", "desc" -> explanations.explain();
      case "analyze" ->
          explanations.atAnalyzedStatement() ? explanations.analyze() : tables.analyze();
      case "create" -> creations.create();
      case "alter" -> alterations.alter();
      case "drop" -> cursor.at("drop", "prepare") ? sessions.deallocate() : alterations.drop();
      case "rename" -> alterations.rename();
      case "grant" -> grants.grant();
      case "revoke" -> grants.revoke();
      default -> session();
    };
  }

  private Statement session() {
    return switch (cursor.word()) {
      case "use" -> sessions.use();
      case "do" -> sessions.evaluate();
      case "call" -> sessions.call();
      case "prepare" -> sessions.prepare();
      case "execute" -> sessions.execute();
      case "deallocate" -> sessions.deallocate();
      case "help" -> sessions.help();
      case "kill" -> sessions.kill();
      case "signal", "resignal" -> conditions.signal();
      case "get" -> conditions.diagnostics();
      case "lock" -> locks.lock();
      case "unlock" -> locks.unlock();
      case "backup" -> locks.backup();
      case "handler" -> handlers.handler();
      case "truncate" -> tables.truncate();
      case "load" -> cursor.at("load", "index") ? tables.loadIndex() : loads.load();
      case "check", "checksum", "optimize", "repair" -> tables.care();
      case "cache" -> tables.cacheIndex();
      default -> administrations.read();
    };
  }
}
