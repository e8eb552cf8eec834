package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.Effects;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.MysqlServer;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Set;

/** Statements about the server, and about how it keeps its data. */
final class Administration {
  private final Findings findings;
  private final Queries queries;

  Administration(Findings findings, Queries queries) {
    this.findings = findings;
    this.queries = queries;
  }

  void run(MysqlServer statement) {
    switch (statement) {
      case MysqlServer.TableCare(String action, List<QualifiedName> tables, _) -> {
        for (QualifiedName table : tables) {
          care(action, table);
        }
      }
      case MysqlServer.Administer administer -> administer(administer);
    }
    findings.leaves(Consequence.ENDS_TRANSACTION);
  }

  private void care(String action, QualifiedName table) {
    if (action.equals("checksum")) {
      // It tells of every value whether it is another than before.
      queries.tables().readWhole(table);
    } else {
      queries.tables().changed(queries.tables().found(table), Operation.ADMINISTER, Set.of());
    }
  }

  private void administer(MysqlServer.Administer administer) {
    String kind = administer.kind();
    findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
    if (!administer.bodyRead()) {
      findings.outlineOnly();
    }
    switch (kind) {
      case "flush tables",
          "flush tables with read lock",
          "flush tables for export",
          "backup lock",
          "cache index",
          "load index into cache" ->
          tables(administer.objects());
      case "binlog" -> Effects.dynamic(findings);
      case "import table" -> findings.trait(Trait.FILES);
      case "create loadable function" -> {
        library();
        findings.leaves(new Consequence.Defines(Set.of(), false));
      }
      default -> byFirstWord(kind);
    }
  }

  private void tables(List<QualifiedName> tables) {
    findings.trait(Trait.LOCKS);
    for (QualifiedName table : tables) {
      queries.tables().changed(queries.tables().found(table), Operation.ADMINISTER, Set.of());
    }
  }

  private void library() {
    findings.trait(Trait.FILES);
    findings.trait(Trait.PROGRAMS);
  }

  private void byFirstWord(String kind) {
    switch (kind.split(" ", 2)[0]) {
      case "install", "uninstall" -> {
        library();
        findings.leaves(new Consequence.Defines(Set.of(), false));
      }
      case "clone" -> {
        findings.trait(Trait.NETWORK);
        findings.trait(Trait.FILES);
      }
      case "change", "start" -> findings.trait(Trait.NETWORK);
      case "shutdown", "restart", "stop" -> findings.trait(Trait.DISTURBS_OTHERS);
      case "lock", "backup" -> findings.trait(Trait.LOCKS);
      default -> {}
    }
  }
}
