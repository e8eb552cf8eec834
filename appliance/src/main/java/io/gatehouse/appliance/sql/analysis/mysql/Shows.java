package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.MysqlShow;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.Optional;

/** What SHOW and DESCRIBE tell, as reads of the tables that tell the same. */
final class Shows {
  private final Findings findings;
  private final Queries queries;

  Shows(Findings findings, Queries queries) {
    this.findings = findings;
    this.queries = queries;
  }

  void show(MysqlShow show) {
    switch (show) {
      case MysqlShow.Show one -> {
        shown(one.kind());
        // What is shown has columns of its own.
        queries.references().unnamed();
        queries.expressions().walkAll(one.filters());
      }
      case MysqlShow.ShowAccount(String kind, Optional<Account> account, _) ->
          account(kind, account);
      case MysqlShow.Describe _ -> metadata("COLUMNS");
      case MysqlShow.ExplainConnection explain -> {
        queries.expressions().walk(explain.connection());
        othersTexts();
      }
    }
  }

  private void shown(String kind) {
    switch (kind) {
      case "databases", "create database" -> metadata("SCHEMATA");
      case "character set" -> metadata("CHARACTER_SETS");
      case "collation" -> metadata("COLLATIONS");
      case "tables", "full tables", "extended tables", "extended full tables" -> metadata("TABLES");
      case "table status", "create table", "create sequence" -> metadata("TABLES");
      case "columns", "full columns", "extended columns", "extended full columns" ->
          metadata("COLUMNS");
      case "index", "extended index" -> metadata("STATISTICS");
      case "create view" -> metadata("VIEWS");
      case "triggers", "full triggers", "create trigger" -> metadata("TRIGGERS");
      case "events", "create event" -> metadata("EVENTS");
      case "engines", "storage engines" -> metadata("ENGINES");
      case "plugins" -> metadata("PLUGINS");
      case "privileges" -> metadata("USER_PRIVILEGES");
      case "procedure status",
          "function status",
          "package status",
          "package body status",
          "create procedure",
          "create function",
          "create package",
          "create package body" ->
          metadata("ROUTINES");
      case "variables", "global variables", "session variables" ->
          findings.touches(Operation.READ, Resource.Kind.SETTING);
      default -> ofServer(kind);
    }
  }

  private void ofServer(String kind) {
    switch (kind) {
      case "count warnings", "count errors" ->
          findings.touches(Operation.SESSION, Resource.Kind.SESSION);
      // They quote values, and texts of statements.
      case "warnings", "errors" -> quotes();
      case "profiles", "profile", "authors", "contributors", "open tables" -> server();
      case "status", "global status", "session status" -> server();
      case "binary logs", "master status", "binlog status", "binary log status" -> server();
      case "user_statistics", "client_statistics", "index_statistics", "table_statistics" ->
          server();
      case "processlist",
          "full processlist",
          "engine",
          "binlog events",
          "relaylog events",
          "slave hosts",
          "replica hosts",
          "replicas",
          "slave status",
          "replica status",
          "all slaves status",
          "all replicas status" ->
          othersTexts();
      default -> throw DoubtException.of("SHOW of something that was not reviewed");
    }
  }

  private void metadata(String table) {
    findings.touches(Operation.READ, Resource.Kind.TABLE, MysqlNames.METADATA, table);
    findings.trait(Trait.SYSTEM_DATA);
  }

  private void server() {
    findings.touches(Operation.READ, Resource.Kind.SERVER);
    findings.trait(Trait.SYSTEM_DATA);
  }

  private void othersTexts() {
    server();
    findings.trait(Trait.DISCLOSES);
  }

  /** What earlier statements of the session left behind. */
  void quotes() {
    findings.touches(Operation.SESSION, Resource.Kind.SESSION);
    findings.trait(Trait.DISCLOSES);
  }

  private void account(String kind, Optional<Account> account) {
    if (account.isPresent()) {
      findings.touches(Operation.READ, Resource.Kind.ROLE, account.get().user().text());
    } else {
      findings.touches(Operation.READ, Resource.Kind.ROLE);
    }
    findings.trait(Trait.SYSTEM_DATA);
    if (kind.equals("create user")) {
      findings.trait(Trait.DISCLOSES);
    }
  }
}
