package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.spi.CommandForm.Call;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonWriter;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL in the arguments of tools is decided as SQL. */
final class SqlCallsTest {
  private static final String READERS =
      """
      rules:
        - {name: tools, resources: {tools: ["crm.*"]}, verdict: allow}
        - {name: reads, operations: [session, read], resources: {schemas: [open], kinds: [session]}, verdict: allow}
      """;

  private static final String UNREAD_BUT_NO_DEFINITIONS =
      """
      rules:
        - {name: dba, verdict: allow, bodies: unread}
        - {name: no-ddl, operations: [define], verdict: deny}
      """;

  private static final String SECRET = "planted4711";

  @TempDir private Path folder;
  private Courtroom room;
  private SqlCaller caller;

  @BeforeEach
  void begin() {
    begin(READERS);
  }

  private void begin(String policy) {
    if (room != null) {
      room.close();
    }
    room = Courtroom.of(folder, policy);
    caller =
        new SqlCaller(
            room,
            SqlCaller.argument("crm.query", "sql"),
            SqlCaller.argument("crm.batch", "steps[*].sql"),
            SqlCaller.argument("crm.deep", "in[0][\"the.query\"]"),
            SqlCaller.argument("crm.named", "queries.*"),
            SqlCaller.argument("crm.two", "a"),
            SqlCaller.argument("crm.two", "b"),
            SqlCaller.blind("crm.blind", "sql"));
  }

  @AfterEach
  void end() {
    caller.deciding.closed();
    room.close();
  }

  private String query(String sql) {
    return caller.asks(SqlCaller.query(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM items",
        "SELECT name FROM open.items WHERE name = 'x; DROP TABLE items; --'",
        "SELECT $q$; DROP TABLE items; $q$",
        "SELECT 1; SELECT 2",
        "SELECT 'a\\''; DROP TABLE items; --'",
        "SELECT id FROM items WHERE id = $1",
        "SELECT 1 /* ; DROP TABLE items */",
        "/* nothing */",
        "",
        "BEGIN; SELECT 1; COMMIT"
      })
  void whatRulesAllow_runs(String sql) {
    assertThat(query(sql)).isEqualTo("run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "DROP TABLE items | no rule allows to define table open.items",
        "SELECT 1; DROP TABLE items | no rule allows to define table open.items",
        "SELECT 1 /* ; */ ; -- x\\nDELETE FROM items | no rule allows to delete table open.items",
        "SELECT 1;;;/**/DROP/**/TABLE/**/items | no rule allows to define table open.items",
        "SELECT 'a\\'; DROP TABLE items; --' | no rule allows to define table open.items",
        "SELECT name FROM secret.items | no rule allows to read table secret.items",
        "WITH d AS (DELETE FROM items RETURNING id) SELECT * FROM d | to delete table open.items",
        "EXPLAIN ANALYZE DELETE FROM items | no rule allows to delete table open.items",
        "COPY items TO PROGRAM 'cat' | no rule allows to transfer program"
      })
  void whatRulesDoNotAllow_isDeniedWithWords(String sql, String words) {
    assertThat(query(sql.replace("\\n", "\n")))
        .startsWith("POLICY: denied by rule \"default-deny\": ")
        .contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT name FROM nowhere | relation \"nowhere\" is not in the gate's catalog",
        "SELECT 'never closed | at character",
        "SELECT `name` FROM `items` | at character",
        "EXECUTE p | the gate cannot follow there",
        "FETCH c | the gate cannot follow there",
        "SELECT open.unread() | the gate cannot follow there",
        "SELECT set_config('search_path', 'secret', false) | the SQL in sql",
        "DO 'BEGIN END' | the gate cannot follow there",
        "DISCARD ALL | the gate cannot follow there"
      })
  void whatCannotBeReadOrFollowed_countsAsAnything(String sql, String why) {
    assertThat(query(sql)).contains("default-deny").contains(why).contains("the SQL in sql: ");
    begin("rules: [{name: tools, verdict: allow}]\n");
    assertThat(query(sql)).contains("SQL that the gate cannot read").contains(why);
    begin("rules: [{name: dba, verdict: allow, bodies: unread}]\n");
    assertThat(query(sql)).isEqualTo("run");
    begin(UNREAD_BUT_NO_DEFINITIONS);
    assertThat(query(sql)).contains("denied by rule \"no-ddl\"").contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET search_path = secret",
        "CREATE TEMPORARY TABLE items (id int)",
        "RESET ALL",
        "SET ROLE other",
        "SELECT 1; SET search_path = secret; SELECT name FROM items"
      })
  void whatMovesNamesInTheToolsSession_countsAsAnything(String sql) {
    begin("rules: [{name: tools, verdict: allow}]\n");
    assertThat(query(sql)).contains("SQL that the gate cannot read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "query | {} | it is missing",
        "query | {'SQL': 'SELECT 1'} | a name differs from it in upper and lower case only",
        "query | {'sql': 'SELECT 1', 'Sql': 'DROP TABLE items'} | a name differs from it",
        "query | {'sql': 1} | it is no string",
        "query | {'sql': null} | it is no string",
        "query | {'sql': ['SELECT 1']} | it is no string",
        "query | {'sql': {'sql': 'SELECT 1'}} | it is no string",
        "query | ['SELECT 1'] | it is not where the configuration says",
        "query | 'SELECT 1' | it is not where the configuration says",
        "query | {'sql': 'SELECT 1\\u0000; DROP TABLE items'} | it holds a zero byte",
        "QUERY | {'sql': 'DROP TABLE items'} | to define table open.items",
        "query | {'sql': '\\u0044ROP\\tTABLE\\u0020items'} | to define table open.items",
        "query | {'s\\u0071l': 'DROP TABLE items'} | to define table open.items",
        "batch | {'steps': [{'sql': 'SELECT 1'}, {'sql': 'DROP TABLE items'}]} | to define table",
        "batch | {'steps': [{'sql': 'SELECT 1'}, {'SQL': 'DROP TABLE items'}]} | a name differs",
        "batch | {'steps': []} | there is none",
        "batch | {'steps': [{'sql': 'SELECT 1'}, 'DROP TABLE items']} | it is not where",
        "batch | {'steps': {'sql': 'SELECT 1'}} | it is not where the configuration says",
        "deep | {'in': [{'the.query': 'DROP TABLE items'}]} | to define table open.items",
        "deep | {'in': []} | it is missing",
        "named | {'queries': {'x': 'SELECT 1', 'y': 'DROP TABLE items'}} | to define table",
        "two | {'a': 'SELECT 1'} | the SQL in b: it is missing",
        "two | {'a': 'SELECT 1', 'b': 'DROP TABLE items'} | to define table open.items"
      })
  void argumentsThatAreNotClear_countAsAnything(String tool, String arguments, String why) {
    assertThat(caller.asks(Called.tool(tool, arguments.replace('\'', '"'))))
        .contains("default-deny")
        .contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "batch | {'steps': [{'sql': 'SELECT 1'}, {'sql': 'SELECT name FROM items'}]}",
        "deep | {'in': [{'the.query': 'SELECT 1'}, 7]}",
        "named | {'queries': {'x': 'SELECT 1', 'y': 'SELECT 2'}}",
        "two | {'a': 'SELECT 1', 'b': 'SELECT 2'}",
        "other | {'sql': 'DROP TABLE items'}",
        "query | {'sql': 'SELECT 1', 'note': 'DROP TABLE items'}"
      })
  void argumentsThatAreAllowed_run(String tool, String arguments) {
    assertThat(caller.asks(Called.tool(tool, arguments.replace('\'', '"')))).isEqualTo("run");
  }

  @Test
  void noArgumentsAtAll_countAsAnything() {
    assertThat(caller.asks(Called.of(Call.Kind.TOOL, "query"))).contains("there are no arguments");
  }

  @Test
  void moreTextsThanAreRead_countAsAnything() {
    String steps = "{\"sql\":\"SELECT 1\"},".repeat(64);
    assertThat(caller.asks(Called.tool("batch", "{\"steps\":[" + steps + "{\"sql\":\"\"}]}")))
        .contains("there are more than 64 texts");
  }

  @Test
  void longText_isRefusedUnread() {
    assertThat(query("SELECT 1 /*" + "x".repeat(1 << 20) + "*/"))
        .contains("NOT_UNDERSTOOD")
        .contains("limits.analysis-bytes");
    assertThat(caller.wanted).isEmpty();
  }

  @Test
  void stringsThatTheServerReadsOtherwise_areNotRead() {
    room.standardStrings = "off";
    assertThat(query("SELECT 'a\\''; DROP TABLE items; --'"))
        .contains("SQL that the gate cannot read")
        .contains("standard_conforming_strings is off");
  }

  @Test
  void toolItself_mustBeAllowedToo() {
    begin(READERS.replace("crm.*", "crm.other"));
    assertThat(query("SELECT 1")).contains("no rule allows to call tool crm.query");
  }

  @Test
  void databaseThatNobodySees_isUnderstoodWithoutNames() {
    assertThat(caller.asks(Called.tool("blind", "{\"sql\": \"BEGIN\"}"))).isEqualTo("run");
    assertThat(caller.asks(Called.tool("blind", "{\"sql\": \"SELECT name FROM open.items\"}")))
        .contains("SQL that the gate cannot read")
        .contains("not in the gate's catalog");
    assertThat(caller.asks(Called.tool("blind", "{\"sql\": \"DROP TABLE items\"}")))
        .contains("SQL that the gate cannot read");
  }

  @Test
  void record_hasTheToolAndWhatItsSqlDoes_andNoLiteral() {
    begin("rules: [{name: all, verdict: allow}]\n");
    String sql = "SELECT name FROM items WHERE name = '" + SECRET + "'";
    assertThat(query(sql)).isEqualTo("run");
    assertThat(Reachable.from(room.court)).noneMatch(text -> text.contains(SECRET));
    assertThat(Reachable.from(caller)).noneMatch(text -> text.contains(SECRET));
    assertThat(Reachable.from(room.court))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).startsWith("tool crm.query: select name"));
  }

  @Test
  void refusals_haveNoLiteral() {
    for (String sql :
        List.of(
            "DROP TABLE items; SELECT '" + SECRET + "'",
            "SELECT '" + SECRET + "' FROM nowhere",
            "SELECT '" + SECRET,
            "SELECT 1 WHERE !! '" + SECRET + "' FROM")) {
      assertThat(query(sql)).contains("denied").doesNotContain(SECRET);
    }
    assertThat(Reachable.from(room.court)).noneMatch(text -> text.contains(SECRET));
  }

  private String kept() {
    byte[] said =
        ByteBufUtil.getBytes(
            Objects.requireNonNull(
                caller
                    .deciding
                    .grounds()
                    .asked(new Asked(1, Submission.Stage.EXECUTE, last, Called.VIEW))
                    .text()));
    return new String(said, StandardCharsets.UTF_8);
  }

  private Called last = SqlCaller.query("");

  @Test
  void passwords_areNotOnRecord_andAllElseIs() throws Exception {
    last = SqlCaller.query("CREATE ROLE ann PASSWORD '" + SECRET + "'");
    caller.ask(last);
    assertThat(kept()).contains("CREATE ROLE ann PASSWORD", "(redacted)").doesNotContain(SECRET);
    assertThat(
            JsonText.read(kept().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULTS)
                .root()
                .find("method"))
        .isPresent();
    last = SqlCaller.query("SELECT '" + SECRET + "'");
    caller.ask(last);
    assertThat(kept()).isEqualTo(new String(last.message().bytes(), StandardCharsets.UTF_8));
    last =
        Called.tool(
            "two",
            "{\"b\": \"ALTER ROLE b PASSWORD '"
                + SECRET
                + "'\", \"a\": "
                + new String(
                    JsonWriter.bytes("ALTER ROLE \"ö\" PASSWORD 'first'"), StandardCharsets.UTF_8)
                + "}");
    caller.ask(last);
    assertThat(kept())
        .contains("ALTER ROLE b PASSWORD", "ö", "(redacted)")
        .doesNotContain(SECRET)
        .doesNotContain("first");
  }

  @Test
  void textThatNobodyReads_isNotOnRecord() {
    last = SqlCaller.query("SELECT 1 /*" + "x".repeat(20_000) + "*/");
    caller.ask(last);
    assertThat(
            caller
                .deciding
                .grounds()
                .asked(new Asked(1, Submission.Stage.EXECUTE, last, Called.VIEW))
                .text())
        .isNull();
  }

  @Test
  void definition_isPendingUntilItsCallIsOver() {
    begin("rules: [{name: all, verdict: allow}]\n");
    assertThat(query("DROP TABLE items")).isEqualTo("run");
    long dropped = caller.sequence;
    assertThat(room.catalogs.defining).containsExactly(Set.of(new QualifiedName("open", "items")));
    room.catalogs.unread = true;
    assertThat(query("SELECT id FROM items")).contains("UNAVAILABLE", "being changed");
    assertThat(query("SELECT 1")).isEqualTo("run");
    caller.deciding.outcome(dropped, OutcomeKind.SUCCEEDED, 1, 1);
    assertThat(room.catalogs.defining).isEmpty();
    room.catalogs.unread = false;
    assertThat(query("SELECT id FROM items")).isEqualTo("run");
  }
}
