package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.extended;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.Close;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.CopyData;
import io.gatehouse.postgres.message.CopyDone;
import io.gatehouse.postgres.message.CopyFail;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Flush;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.FunctionCall;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.Gateway;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations that a client must not be able to tell from one with the server itself. */
class MirrorIT {
  private static final Sync SYNC = new Sync();
  private static final String FAILING = "select 1/(n-n) from generate_series(1,1) n";

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway gateway;

  @BeforeAll
  static void open() {
    gateway = Gateway.passing();
    try (RawConnection direct = RawConnection.ready()) {
      direct.ask(
          new Query(
              "create table mirror (id int unique deferrable initially deferred);"
                  + " create function mirror_fails() returns trigger language plpgsql as"
                  + " 'begin raise exception ''before any row''; end';"
                  + " create table mirror_guarded (id int);"
                  + " create trigger t before insert on mirror_guarded for each statement"
                  + " execute function mirror_fails()"));
    }
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private static CopyData row(String text) {
    return new CopyData((text + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static Bind bind(String portal, String statement) {
    return new Bind(portal, statement, new int[0], List.of(), new int[0]);
  }

  private static Parse parse(String name, String sql) {
    return new Parse(name, sql, new int[0]);
  }

  private static Query query(String sql) {
    return new Query(sql);
  }

  private static Arguments conversation(String name, Object... parts) {
    List<FrontendMessage> messages = new ArrayList<>();
    for (Object part : parts) {
      switch (part) {
        case FrontendMessage message -> messages.add(message);
        case FrontendMessage[] several -> messages.addAll(List.of(several));
        default -> throw new IllegalArgumentException(part.toString());
      }
    }
    return Arguments.of(name, messages);
  }

  static Stream<Arguments> conversations() {
    return Stream.of(
            simple(), describing(), portals(), batches(), oddities(), copy(), copyThatFails())
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> simple() {
    return Stream.of(
        conversation("several statements", query("select 1;;select 2; set timezone to 'utc'")),
        conversation("empty query", query(""), query(" ; ")),
        conversation("first error skips the rest", query("select 1; select 1/0; select 2")),
        conversation(
            "implicit transaction",
            query("truncate mirror; insert into mirror values (1); select 1/0")),
        conversation(
            "settings reported",
            query("set datestyle to 'german'"),
            query("begin"),
            query("set local application_name to 'x'"),
            query("rollback"),
            query("reset all")),
        conversation("notice", query("do $$ begin raise notice 'hello'; end $$")),
        conversation("notification to oneself", query("listen a"), query("notify a, 'b'")),
        conversation(
            "commit and chain", query("begin"), query("commit and chain"), query("commit")),
        conversation(
            "discard all", parse("s", "select 1"), SYNC, query("discard all"), bind("", "s"), SYNC),
        conversation(
            "deallocate", parse("s", "select 1"), SYNC, query("deallocate s"), bind("", "s"), SYNC),
        conversation(
            "function call",
            new FunctionCall(
                1404, new int[] {0}, List.of("4".getBytes(StandardCharsets.US_ASCII)), 0),
            new FunctionCall(1, new int[0], List.of(), 0)),
        conversation(
            "unnamed ones end",
            parse("", "select 1"),
            SYNC,
            query("select 2"),
            bind("", ""),
            SYNC));
  }

  private static Stream<Arguments> describing() {
    return Stream.of(
        conversation(
            "describe both",
            parse("", "select $1::int"),
            new Describe(Kind.STATEMENT, ""),
            new Bind(
                "",
                "",
                new int[0],
                List.of("5".getBytes(StandardCharsets.US_ASCII)),
                new int[] {1}),
            new Describe(Kind.PORTAL, ""),
            new Execute("", 0),
            SYNC),
        conversation(
            "no data", parse("", "set work_mem to '4MB'"), new Describe(Kind.STATEMENT, ""), SYNC),
        conversation(
            "suspended portal",
            parse("", "select generate_series(1,5)"),
            bind("", ""),
            new Execute("", 2),
            new Flush(),
            new Execute("", 2),
            new Execute("", 2),
            SYNC));
  }

  private static Stream<Arguments> portals() {
    return Stream.of(
        conversation(
            "named portal outlives Sync in a block",
            query("begin"),
            parse("", "select generate_series(1,5)"),
            bind("p", ""),
            new Execute("p", 2),
            SYNC,
            new Execute("p", 2),
            SYNC,
            query("commit"),
            new Execute("p", 2),
            SYNC),
        conversation(
            "portal ends with Sync",
            parse("", "select 1"),
            bind("p", ""),
            SYNC,
            new Execute("p", 0),
            SYNC),
        conversation(
            "close", new Close(Kind.STATEMENT, "absent"), new Close(Kind.PORTAL, "absent"), SYNC),
        conversation("several statements in Parse", parse("", "select 1; select 2"), SYNC));
  }

  private static Stream<Arguments> batches() {
    return Stream.of(
        conversation(
            "error skips to Sync",
            extended(FAILING),
            extended("select 2"),
            query("select 3"),
            new Flush(),
            SYNC),
        conversation(
            "pipeline with an error",
            extended("select 1"),
            SYNC,
            extended(FAILING),
            SYNC,
            extended("select 3"),
            SYNC),
        conversation(
            "implicit transaction",
            query("truncate mirror"),
            extended("insert into mirror values (1)"),
            extended(FAILING),
            SYNC,
            query("select count(*) from mirror")),
        conversation(
            "error at Sync",
            query("truncate mirror"),
            extended("insert into mirror values (1), (1)"),
            SYNC),
        conversation(
            "wrong result formats",
            parse("", "select 1"),
            new Bind("", "", new int[0], List.of(), new int[] {0, 1}),
            new Execute("", 0),
            SYNC));
  }

  private static Stream<Arguments> oddities() {
    return Stream.of(
        conversation(
            "wrong number of parameters",
            parse("", "select $1::int"),
            bind("", ""),
            new Execute("", 0),
            SYNC),
        conversation(
            "cursor of SQL",
            query("begin"),
            query("declare c cursor for select generate_series(1,3)"),
            new Describe(Kind.PORTAL, "c"),
            new Execute("c", 2),
            SYNC,
            query("fetch 1 from c"),
            query("rollback")),
        conversation("empty text", extended(""), SYNC),
        conversation(
            "failed block",
            query("begin"),
            query("select 1/0"),
            extended("select 1"),
            SYNC,
            query("select 2"),
            query("rollback")));
  }

  private static Stream<Arguments> copy() {
    return Stream.of(
        conversation(
            "copy out",
            query("copy (select generate_series(1,3)) to stdout"),
            extended("copy (select 1) to stdout (format csv)"),
            SYNC),
        conversation(
            "copy in, simple",
            query("truncate mirror"),
            query("copy mirror from stdin"),
            row("1"),
            row("2"),
            new CopyDone(),
            query("select count(*) from mirror")),
        conversation(
            "copy in, extended",
            query("truncate mirror"),
            extended("copy mirror from stdin"),
            row("1"),
            new CopyDone(),
            SYNC),
        conversation(
            "copy in swallows Sync and Flush",
            query("truncate mirror"),
            extended("copy mirror from stdin"),
            SYNC,
            row("1"),
            new Flush(),
            SYNC,
            new CopyDone(),
            SYNC),
        conversation(
            "copy in fails at a row",
            extended("copy mirror from stdin"),
            SYNC,
            row("x"),
            new CopyDone(),
            SYNC));
  }

  private static Stream<Arguments> copyThatFails() {
    return Stream.of(
        conversation(
            "copy in fails before a row",
            extended("copy mirror_guarded from stdin"),
            SYNC,
            row("1"),
            new CopyDone(),
            SYNC,
            SYNC),
        conversation(
            "copy in fails at once",
            extended("copy mirror_absent from stdin"),
            SYNC,
            row("1"),
            new CopyDone(),
            SYNC),
        conversation(
            "copy in given up", query("copy mirror from stdin"), row("1"), new CopyFail("enough")),
        conversation(
            "copy in interrupted by a message",
            extended("copy mirror from stdin"),
            row("1"),
            extended("select 1"),
            SYNC),
        conversation(
            "copy data out of place", row("1"), new CopyDone(), extended("select 1"), SYNC));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void conversation_readsAlike(String name, List<FrontendMessage> messages) {
    List<String> direct;
    try (RawConnection connection = RawConnection.ready()) {
      direct = run(connection, messages);
    }
    List<String> gated;
    try (RawConnection connection = gateway.connect()) {
      gated = run(connection, messages);
    }

    assertThat(gated).as(name).isEqualTo(direct);
  }

  /** Everything at once, and then something by which the end is known. */
  private static List<String> run(RawConnection connection, List<FrontendMessage> messages) {
    connection.send(messages.toArray(FrontendMessage[]::new));
    connection.send(query("select 'the end'"));
    List<String> read = new ArrayList<>();
    boolean end = false;
    try {
      while (!end) {
        BackendMessage message = connection.read();
        read.add(whole(message));
        end = message instanceof ReadyForQuery && read.contains("[the end]");
      }
    } catch (UncheckedIOException closed) {
      read.add("closed");
    }
    return read;
  }

  /** Process ids differ from session to session; nothing else may. */
  private static String whole(BackendMessage message) {
    String line = Answers.line(message);
    boolean named = line.equals(message.getClass().getSimpleName());
    return named && !(message instanceof CommandComplete)
        ? message.toString().replaceAll("processId=\\d+", "processId")
        : line;
  }
}
