package io.gatehouse.appliance.mcp;

import static io.gatehouse.appliance.mcp.McpClient.last;
import static io.gatehouse.appliance.mcp.McpClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.recorded.JournalFolder;
import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.fixture.Received;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool whose argument is SQL, behind a whole gate, with the catalog of a real database. */
class McpSqlIT {
  private static final String RULES =
      """
        - name: orders-by-tools
          callers: {groups: [agents]}
          targets: [tools]
          operations: [session, read]
          resources: {tables: [public.orders, public.customers], kinds: [session]}
          verdict: allow
        - name: no-numbers
          targets: [bank]
          resources: {columns: ["*.*.ssn"]}
          verdict: mask
      """;

  @TempDir private Path folder;
  @AutoClose private RealDatabase bank;
  @AutoClose private McpScene scene;

  @BeforeEach
  void serve() throws Exception {
    bank = RealDatabase.start("bank");
    bank.run("CREATE TABLE orders (id int, note text)");
    bank.run("CREATE TABLE customers (id int, ssn text)");
    bank.run("CREATE TABLE salaries (id int)");
    scene =
        new McpScene(
            folder,
            0,
            McpScene.Settings.with(
                RULES,
                """
                    sql:
                      - {tool: echo, argument: message, dialect: postgresql, target: bank}
                  - name: bank
                    protocol: postgresql
                    host: 127.0.0.1
                    port: %d
                    without-tls: send-everything-unencrypted
                    database: bank
                    credential: {user: postgres, trust: true}
                """
                    .formatted(bank.port())));
  }

  private static Map<String, Object> sql(String sql) {
    return Map.of("message", sql);
  }

  private List<String> bodies() {
    return scene.server.received().stream().map(Received::body).toList();
  }

  @Test
  void sqlOfATool_isDecidedAsSql() throws Exception {
    String select = "SELECT id, note FROM orders WHERE note = 'x; --'";
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      assertThat(text(ann.call("echo", sql(select)))).isEqualTo(select);
      assertThat(Json.write(ann.call("echo", sql("DROP TABLE orders"))))
          .contains("default-deny", "no rule allows to define table public.orders");
      assertThat(Json.write(ann.call("echo", sql("SELECT 1; DELETE FROM orders"))))
          .contains("no rule allows to delete table public.orders");
      assertThat(Json.write(ann.call("echo", sql("SELECT * FROM salaries"))))
          .contains("no rule allows to read table public.salaries");
      assertThat(Json.write(ann.call("echo", sql("SELECT id FROM nowhere"))))
          .contains("SQL that the gate cannot read", "is not in the gate's catalog");
      assertThat(Json.write(ann.call("echo", sql("SELECT ssn FROM customers"))))
          .contains("no-numbers", "query through the database's own listener");
      assertThat(Json.write(ann.call("echo", Map.of("Message", "SELECT id FROM orders"))))
          .contains("nothing-secret", "the SQL in message: a name differs from it");
      assertThat(text(ann.call("echo", sql("SELECT id FROM customers"))))
          .isEqualTo("SELECT id FROM customers");
    }
    try (McpClient bob = scene.client(scene.token("bob"))) {
      Map<String, Object> today = Map.of("name", "echo", "arguments", sql(select));
      assertThat(text(last(bob.askToday("tools/call", today)))).isEqualTo(select);
      Map<String, Object> drop = Map.of("name", "echo", "arguments", sql("DROP TABLE orders"));
      assertThat(bob.askToday("tools/call", drop).body()).contains("default-deny");
    }
    assertThat(bodies())
        .noneMatch(body -> body.contains("DROP") || body.contains("DELETE FROM"))
        .noneMatch(body -> body.contains("salaries") || body.contains("ssn"));
  }

  @Test
  void manyAtOnce_eachIsAnswered() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String table = i % 3 == 0 ? "salaries" : "orders";
        all.add(ann.calling("echo", sql("SELECT " + i + " FROM " + table)));
      }
      for (int i = 0; i < all.size(); i++) {
        Map<String, Object> answer = last(all.get(i).get(60, TimeUnit.SECONDS));
        if (i % 3 == 0) {
          assertThat(Json.write(answer)).contains("read table public.salaries");
        } else {
          assertThat(text(answer)).isEqualTo("SELECT " + i + " FROM orders");
        }
      }
    }
  }

  @Test
  void whatSqlDoes_isOnRecord_withItsTool() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann")).open()) {
      ann.call("echo", sql("SELECT id FROM orders WHERE note = 'planted4711'"));
      ann.call("echo", sql("CREATE ROLE eve PASSWORD 'planted4712'"));
    }
    List<JournalFolder.Entry> asked = scene.entries(Kind.COMMAND_INTENT);
    assertThat(asked)
        .anySatisfy(
            entry -> {
              assertThat(entry.text("fingerprint"))
                  .startsWithIgnoringCase("tool echo: select id")
                  .doesNotContain("planted");
              assertThat(entry.text("accesses")).contains("echo", "orders");
              assertThat(entry.text("verdict")).isEqualTo("allow");
              assertThat(entry.text("text")).contains("planted4711");
            })
        .anySatisfy(
            entry -> {
              assertThat(entry.text("verdict")).isEqualTo("deny");
              assertThat(entry.text("text")).contains("PASSWORD", "(redacted)");
            })
        .noneSatisfy(entry -> assertThat(entry.text("text")).contains("planted4712"));
    assertThat(scene.journal.audit().findings()).isEmpty();
  }
}
