package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads and decides a few statements before the first caller's: the first analysis of a process
 * loads the parsers, which takes longer than all that follow. The same statements show that the
 * readers work at all.
 */
final class WarmUp {
  private static final String SCHEMA = "public";

  /** Together they come by most of what callers' statements come by. */
  static final List<String> STATEMENTS =
      List.of(
          "SELECT a.id, upper(a.name) AS n, count(*) FROM accounts a"
              + " LEFT JOIN payments p ON p.account = a.id"
              + " WHERE a.name LIKE $1 AND p.amount BETWEEN 1 AND 10"
              + " GROUP BY a.id, a.name HAVING count(*) > 1 ORDER BY 2 LIMIT 5",
          "WITH recent AS (SELECT account, sum(amount) AS total FROM payments GROUP BY account)"
              + " SELECT name, (SELECT total FROM recent WHERE account = accounts.id)"
              + " FROM accounts WHERE id IN (SELECT account FROM payments)"
              + " UNION ALL SELECT 'none', CASE WHEN 1 = 2 THEN 0 END",
          "INSERT INTO payments (id, account, amount) VALUES ($1, $2, 3.5) RETURNING id",
          "UPDATE accounts SET name = name || '!' WHERE id = 7",
          "DELETE FROM payments WHERE amount < 0",
          "BEGIN",
          "SET search_path = public",
          "COMMIT");

  private WarmUp() {}

  /** Fails with a message if a statement is not understood. */
  static CompletableFuture<List<Command>> read(SqlDialect dialect) {
    // Before there are threads for analyses: a policy is compiled meanwhile.
    return CompletableFuture.supplyAsync(
        () -> STATEMENTS.stream().flatMap(statement -> read(dialect, statement).stream()).toList(),
        Thread.ofPlatform().daemon().name("warm-up")::start);
  }

  private static List<Command> read(SqlDialect dialect, String statement) {
    NameState names = new NameState.Known(List.of(SCHEMA), "gatehouse", Set.of());
    List<Command> commands =
        dialect.analyse(statement, new Scene(catalog(), names, true, false)).stream()
            .map(Analysed::command)
            .toList();
    for (Command command : commands) {
      if (command.certainty() == Certainty.NONE) {
        throw new IllegalStateException(
            "the gate does not understand its own example \""
                + statement
                + "\": "
                + command.doubt());
      }
    }
    return commands;
  }

  /** Whatever the verdict. */
  static void decide(Policy policy, List<Command> commands) {
    Circumstances now =
        new Circumstances(Instant.now(), InetAddress.getLoopbackAddress(), BindValues.NONE);
    Caller caller = Caller.of("gatehouse", Set.of(), ProofMethod.LOCAL_PASSWORD);
    Target target = new Target("gatehouse", Target.Protocol.POSTGRESQL);
    for (Command command : commands) {
      policy.plan(policy.relevant(caller), target, "gatehouse", command).decide(now);
    }
  }

  /** Of a version that no real one has. */
  private static Catalog catalog() {
    return new Catalog(
        0,
        new CatalogContent(
            "gatehouse",
            18,
            "gatehouse",
            List.of(SCHEMA),
            Set.of(SCHEMA, "pg_catalog"),
            List.of(
                table("accounts", List.of("id", "name"), "int4", "text"),
                table("payments", List.of("id", "account", "amount"), "int4", "int4", "numeric")),
            List.of(),
            Set.of(),
            List.of(),
            Set.of("int4", "int8", "text", "bool", "numeric", "date", "varchar", "unknown"),
            false,
            false,
            Set.of()));
  }

  private static Relation table(String name, List<String> columns, String... types) {
    return new Relation(
        name.hashCode(),
        SCHEMA,
        name,
        Relation.Kind.TABLE,
        columns,
        List.of(types).stream().map(type -> new QualifiedName("pg_catalog", type)).toList(),
        false,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        Relation.Anatomy.plain(columns.size()));
  }
}
