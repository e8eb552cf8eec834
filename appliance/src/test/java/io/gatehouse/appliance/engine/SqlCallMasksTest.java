package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.Submission;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules protect does not come out of a tool by SQL. */
final class SqlCallMasksTest {
  private static final String ALL = "  - {name: all, verdict: allow}\n";
  private static final String UNREAD = "  - {name: all, verdict: allow, bodies: unread}\n";
  private static final String MASK =
      "  - {name: names, resources: {columns: [\"open.items.name\"]}, verdict: mask}\n";
  private static final String MASK_THERE =
      "  - {name: names, targets: [shop-db], databases: [shop], resources: {columns:"
          + " [\"open.items.name\"]}, verdict: mask}\n";

  @TempDir private Path folder;
  private Courtroom room;
  private SqlCaller caller;

  @BeforeEach
  void begin() {
    begin(ALL);
  }

  private void begin(String rules) {
    if (room != null) {
      room.close();
    }
    room = Courtroom.of(folder, "rules:\n" + rules);
    caller =
        new SqlCaller(
            room, SqlCaller.argument("crm.query", "sql"), SqlCaller.blind("crm.blind", "sql"));
  }

  @AfterEach
  void end() {
    room.close();
  }

  private String query(String sql) {
    return caller.asks(SqlCaller.query(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM items",
        "SELECT * FROM items",
        "SELECT id FROM items WHERE name = 'x'",
        "SELECT upper(i.name) FROM open.items AS i",
        "SELECT 1; SELECT name FROM items",
        "SELECT items FROM items",
        "CREATE TABLE open.copy AS SELECT name FROM items"
      })
  void protectedColumn_isRefused_whichRuleAndWhatToDo(String sql) {
    for (String mask : new String[] {MASK, MASK_THERE}) {
      begin(UNREAD + mask);
      assertThat(query(sql))
          .contains("denied by rule \"names\": it masks column open.items.name")
          .contains("query through the database's own listener");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE items SET id = 1 | may quote rows",
        "INSERT INTO items (id) VALUES (1) | may quote rows",
        "ALTER TABLE items RENAME COLUMN name TO other | column",
        "DROP TABLE items | column",
        "SELECT name FROM nowhere | it masks column",
        "SELECT open.unread() | it masks column"
      })
  void whatCouldTellOfIt_isRefused(String sql, String words) {
    for (String mask : new String[] {MASK, MASK_THERE}) {
      begin(UNREAD + mask);
      assertThat(query(sql)).contains(words);
    }
  }

  @Test
  void otherColumns_run() {
    begin(ALL + MASK);
    assertThat(query("SELECT id FROM items")).isEqualTo("run");
    assertThat(query("SELECT name FROM secret.items")).isEqualTo("run");
  }

  @Test
  void databaseThatNobodySees_givesNothing_whereAnythingIsMasked() {
    begin(UNREAD + MASK);
    assertThat(caller.asks(Called.tool("blind", "{\"sql\": \"SELECT id FROM open.items\"}")))
        .contains("denied by rule \"names\"");
  }

  @Test
  void rulesOfTheDatabase_forbidInATool_andAllowNothingThere() {
    begin(
        ALL
            + "  - {name: closed, targets: [shop-db], operations: [read], resources: {columns:"
            + " [\"*.*.id\"]}, verdict: deny, message: nobody numbers}\n"
            + "  - {name: wait, targets: [shop-db], operations: [delete], verdict: hold}\n");
    assertThat(query("SELECT id FROM items")).contains("denied by rule \"closed\": nobody numbers");
    assertThat(query("DELETE FROM items WHERE name = 'x'")).contains("denied by rule \"wait\"");
    assertThat(query("SELECT name FROM items")).isEqualTo("run");
    begin("  - {name: there, targets: [shop-db], verdict: allow}\n");
    assertThat(query("SELECT 1")).contains("no rule allows to call tool crm.query");
  }

  @Test
  void fieldsOfTheTool_areMaskedAsBefore() {
    begin(
        ALL
            + "  - {name: fields, resources: {tools: [crm.query]}, verdict: mask, fields:"
            + " [structuredContent.ssn]}\n");
    assertThat(caller.ask(SqlCaller.query("SELECT name FROM items")))
        .isInstanceOfSatisfying(
            Decision.Run.class, run -> assertThat(run.plan()).isNotEqualTo(ResultPlan.UNTOUCHED));
    assertThat(query("INSERT INTO items (id) VALUES (1)")).isEqualTo("run");
  }

  @Test
  void omittedColumn_isNotOnRecord() {
    begin(
        ALL
            + "  - {name: never, targets: [shop-db], resources: {columns: [\"open.items.name\"]},"
            + " verdict: omit}\n");
    Called call = SqlCaller.query("SELECT name FROM items WHERE id = 4711");
    caller.ask(call);
    assertThat(
            caller
                .deciding
                .grounds()
                .asked(new Asked(1, Submission.Stage.EXECUTE, call, Called.VIEW))
                .text())
        .isNull();
  }
}
