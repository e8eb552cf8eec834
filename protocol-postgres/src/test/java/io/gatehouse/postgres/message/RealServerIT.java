package io.gatehouse.postgres.message;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.testing.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations with PostgreSQL 18; {@link RawConnection} compares each byte that comes back. */
class RealServerIT {
  private static final int[] NONE = {};
  private static final int[] BINARY = {1};

  private final RawConnection server = RawConnection.ready();

  @AfterEach
  void leave() {
    server.send(Terminate.INSTANCE);
    assertThat(server.atEnd()).isTrue();
    server.close();
  }

  private static List<Class<?>> kinds(List<BackendMessage> messages) {
    return messages.stream().<Class<?>>map(Object::getClass).toList();
  }

  private static Query query(String sql) {
    return new Query(sql);
  }

  private static Bind bind(String portal, int[] formats, int[] resultFormats, String... values) {
    return new Bind(portal, "", formats, Wire.values(values), resultFormats);
  }

  @Test
  void startupInProtocol32IsUnderstood() {
    try (RawConnection connection = new RawConnection()) {
      connection.send(new StartupMessage(3, 2, Map.of("user", "postgres")));
      List<BackendMessage> messages = connection.readUntil(ReadyForQuery.class::isInstance);
      assertThat(messages.getFirst()).isEqualTo(AuthenticationOk.INSTANCE);
      assertThat(messages).hasAtLeastOneElementOfType(ParameterStatus.class);
      assertThat(messages)
          .filteredOn(BackendKeyData.class::isInstance)
          .singleElement(InstanceOfAssertFactories.type(BackendKeyData.class))
          .satisfies(key -> assertThat(key.secretKey()).hasSize(32));
    }
  }

  @Test
  void newerVersionAndUnknownOptionAreNegotiated() {
    try (RawConnection connection = new RawConnection()) {
      connection.send(new StartupMessage(3, 9, Map.of("user", "postgres", "_pq_.foo", "1")));
      assertThat(connection.read()).isEqualTo(new NegotiateProtocolVersion(2, List.of("_pq_.foo")));
    }
  }

  @Test
  void requestsForEncryptionAreAnsweredWithOneByte() {
    try (RawConnection connection = new RawConnection()) {
      connection.send(GssEncRequest.INSTANCE);
      assertThat(connection.readByte()).isEqualTo('N');
      connection.send(SslRequest.INSTANCE);
      assertThat(connection.readByte()).isEqualTo('N');
    }
  }

  @Test
  void unknownDatabaseIsAnError() {
    try (RawConnection connection = new RawConnection()) {
      connection.send(new StartupMessage(3, 0, Map.of("user", "postgres", "database", "nowhere")));
      List<BackendMessage> messages = connection.readUntil(ErrorResponse.class::isInstance);
      ErrorResponse error = (ErrorResponse) messages.getLast();
      assertThat(error.severity()).isEqualTo("FATAL");
      assertThat(error.sqlState()).isEqualTo("3D000");
      assertThat(connection.atEnd()).isTrue();
    }
  }

  @Test
  void cancelRequestEndsARunningStatement() {
    try (RawConnection victim = new RawConnection();
        RawConnection messenger = new RawConnection()) {
      victim.send(new StartupMessage(3, 2, Map.of("user", "postgres")));
      List<BackendMessage> start = victim.readUntil(ReadyForQuery.class::isInstance);
      BackendKeyData key = (BackendKeyData) start.get(start.size() - 2);
      // the notice says that the statement runs, so the cancel cannot come too early
      victim.send(query("DO $$ BEGIN RAISE NOTICE 'here'; PERFORM pg_sleep(60); END $$"));
      assertThat(victim.read()).isInstanceOf(NoticeResponse.class);
      messenger.send(new CancelRequest(key.processId(), key.secretKey()));
      assertThat(messenger.atEnd()).isTrue();
      assertThat(victim.read())
          .isInstanceOfSatisfying(
              ErrorResponse.class, error -> assertThat(error.sqlState()).isEqualTo("57014"));
    }
  }

  @Test
  void simpleQueriesAreUnderstood() {
    assertThat(kinds(server.ask(query("SELECT 1 AS a, NULL AS b, 'ü' AS c; SELECT 2"))))
        .containsExactly(
            RowDescription.class,
            DataRow.class,
            CommandComplete.class,
            RowDescription.class,
            DataRow.class,
            CommandComplete.class,
            ReadyForQuery.class);
    assertThat(kinds(server.ask(query(""))))
        .containsExactly(EmptyQueryResponse.class, ReadyForQuery.class);
    assertThat(server.ask(query("BEGIN")).getLast())
        .isEqualTo(new ReadyForQuery(ReadyForQuery.TRANSACTION));
    assertThat(server.ask(query("SELECT 1/0")).getLast())
        .isEqualTo(new ReadyForQuery(ReadyForQuery.ERROR));
    server.ask(query("ROLLBACK"));
  }

  @Test
  void errorsAndNoticesOfEveryKindAreUnderstood() {
    server.ask(query("SELECT * FROM nowhere"));
    server.ask(query("SELECT"));
    server.ask(query("SELECT 'x'::int"));
    server.ask(
        query(
            """
            DO $$ BEGIN
              RAISE EXCEPTION 'm' USING ERRCODE = 'P0099', DETAIL = 'd', HINT = 'h', SCHEMA = 's',
                TABLE = 't', COLUMN = 'c', DATATYPE = 'y', CONSTRAINT = 'n';
            END $$\
            """));
    server.ask(query("CREATE TEMP TABLE parents (id int PRIMARY KEY CHECK (id > 0))"));
    server.ask(query("INSERT INTO parents VALUES (1), (1)"));
    server.ask(query("INSERT INTO parents VALUES (0)"));
    assertThat(kinds(server.ask(query("DROP TABLE IF EXISTS nowhere"))))
        .contains(NoticeResponse.class);
    assertThat(kinds(server.ask(query("SET lc_messages = 'C'; SET application_name = 'ä'"))))
        .contains(ParameterStatus.class);
    assertThat(kinds(server.ask(query("LISTEN c; NOTIFY c, 'p'"))))
        .contains(NotificationResponse.class);
  }

  @Test
  void extendedProtocolIsUnderstood() {
    List<BackendMessage> messages =
        server.ask(
            new Parse("", "SELECT $1::int4, $2::text FROM generate_series(1, 3)", new int[] {23}),
            new Describe(Kind.STATEMENT, ""),
            bind("p", new int[] {1, 0}, new int[] {1, 0}, "00000007", "NULL"),
            new Describe(Kind.PORTAL, "p"),
            new Execute("p", 2),
            new Execute("p", 2),
            new Close(Kind.PORTAL, "p"),
            new Parse("", "CREATE TEMP TABLE t AS SELECT 1", NONE),
            new Describe(Kind.STATEMENT, ""),
            Sync.INSTANCE);
    assertThat(kinds(messages))
        .containsExactly(
            ParseComplete.class,
            ParameterDescription.class,
            RowDescription.class,
            BindComplete.class,
            RowDescription.class,
            DataRow.class,
            DataRow.class,
            PortalSuspended.class,
            DataRow.class,
            CommandComplete.class,
            CloseComplete.class,
            ParseComplete.class,
            ParameterDescription.class,
            NoData.class,
            ReadyForQuery.class);
    assertThat(messages.get(1)).isEqualTo(new ParameterDescription(new int[] {23, 25}));
    assertThat(messages.get(5)).isEqualTo(new DataRow(Wire.values("00000007", "NULL")));
  }

  @Test
  void flushIsAnsweredWithoutReadyForQuery() {
    server.send(new Parse("f", "SELECT 1", NONE), Flush.INSTANCE);
    assertThat(server.read()).isEqualTo(ParseComplete.INSTANCE);
    assertThat(kinds(server.ask(Sync.INSTANCE))).containsExactly(ReadyForQuery.class);
  }

  @Test
  void copyInBothDirectionsAndFormatsIsUnderstood() {
    server.ask(query("CREATE TEMP TABLE copied (id int, name text)"));
    server.send(query("COPY copied FROM STDIN"));
    assertThat(server.read()).isEqualTo(new CopyInResponse(0, new int[] {0, 0}));
    assertThat(
            kinds(
                server.ask(
                    new CopyData(bytes("'1' 09 'a' 0a '2' 09 'b'")),
                    new CopyData(bytes("0a")),
                    CopyDone.INSTANCE)))
        .containsExactly(CommandComplete.class, ReadyForQuery.class);
    server.send(query("COPY copied FROM STDIN (FORMAT binary)"));
    assertThat(server.read()).isEqualTo(new CopyInResponse(1, new int[] {1, 1}));
    assertThat(server.ask(new CopyFail("no")).getFirst()).isInstanceOf(ErrorResponse.class);
    for (String format : List.of("text", "csv", "binary")) {
      assertThat(kinds(server.ask(query("COPY copied TO STDOUT (FORMAT " + format + ")"))))
          .startsWith(CopyOutResponse.class, CopyData.class)
          .endsWith(CopyDone.class, CommandComplete.class, ReadyForQuery.class);
    }
  }

  @Test
  void functionCallIsUnderstood() {
    // pg_proc.dat: 177 is int4pl
    FunctionCall add =
        new FunctionCall(177, BINARY, List.of(bytes("00000003"), bytes("00000004")), 1);
    assertThat(server.ask(add))
        .containsExactly(
            new FunctionCallResponse(bytes("00000007")), new ReadyForQuery(ReadyForQuery.IDLE));
    FunctionCall strict = new FunctionCall(177, BINARY, Wire.values("00000003", "NULL"), 1);
    assertThat(server.ask(strict).getFirst()).isEqualTo(new FunctionCallResponse(null));
  }

  @Test
  void catalogsAndWideRowsAreUnderstood() {
    server.ask(query("SELECT * FROM pg_class"));
    server.ask(query("SELECT * FROM pg_type"));
    server.ask(query("SELECT * FROM pg_settings"));
    server.ask(query("SELECT repeat('x', 1000000), '\\x00ff'::bytea, ARRAY[1, NULL], ROW(1, 'a')"));
    server.ask(
        new Parse("", "SELECT * FROM pg_proc", NONE),
        bind("", NONE, BINARY),
        new Describe(Kind.PORTAL, ""),
        new Execute("", 0),
        Sync.INSTANCE);
  }

  @Test
  void everyWayToAskForAPasswordIsUnderstood() throws IOException {
    server.ask(query("DROP ROLE IF EXISTS teller"));
    server.ask(query("CREATE ROLE teller LOGIN PASSWORD 'secret'"));
    Path rules = Path.of(onlyValue("SHOW hba_file"));
    String before = Files.readString(rules);
    try {
      assertThat(asked(rules, before, "password"))
          .isEqualTo(AuthenticationCleartextPassword.INSTANCE);
      Authentication sasl = asked(rules, before, "scram-sha-256");
      assertThat(sasl).isEqualTo(new AuthenticationSASL(List.of("SCRAM-SHA-256")));
      server.ask(
          query("SET password_encryption = md5"), query("ALTER ROLE teller PASSWORD 'secret'"));
      server.readUntil(ReadyForQuery.class::isInstance);
      assertThat(asked(rules, before, "md5")).isInstanceOf(AuthenticationMD5Password.class);
    } finally {
      Files.writeString(rules, before);
      server.ask(query("SELECT pg_reload_conf()"));
    }
  }

  /** What the server asks of a new connection under the rule; a SASL exchange goes one step on. */
  private Authentication asked(Path rules, String before, String method) throws IOException {
    Files.writeString(rules, "host all teller all " + method + "\n" + before);
    server.ask(query("SELECT pg_reload_conf()"));
    try (RawConnection connection = new RawConnection()) {
      connection.send(new StartupMessage(3, 0, Map.of("user", "teller", "database", "postgres")));
      BackendMessage first = connection.read();
      if (first instanceof AuthenticationSASL) {
        connection.send(
            new SASLInitialResponse("SCRAM-SHA-256", bytes("'n,,n=,r=rOprNGfwEbeRWgbNEkqO'")));
        assertThat(connection.read()).isInstanceOf(AuthenticationSASLContinue.class);
      } else {
        connection.send(new PasswordMessage(bytes("'wrong'")));
        assertThat(connection.read()).isInstanceOf(ErrorResponse.class);
      }
      return (Authentication) first;
    }
  }

  private String onlyValue(String sql) {
    DataRow row = (DataRow) server.ask(query(sql)).get(1);
    byte[] value = row.values().getFirst();
    return new String(value == null ? new byte[0] : value, StandardCharsets.UTF_8);
  }
}
