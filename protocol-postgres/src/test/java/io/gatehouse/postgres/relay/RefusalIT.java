package io.gatehouse.postgres.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.CopyData;
import io.gatehouse.postgres.message.CopyDone;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Flush;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A refused command must leave client and server where the server's own error would have left them:
 * each conversation runs directly, where the marked command fails by itself, and through a gate
 * that refuses it, and both must read alike and leave the same rows.
 */
@ParameterizedClass
@EnumSource
class RefusalIT {
  /** Fails at its Execute when it runs, and is refused there when it may not. */
  private static final String FAILS =
      "insert into refusal select 1/(n-n) /*refused*/ from generate_series(1,1) n";

  private static final String INSERT = "insert into refusal values (1)";

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway gateway;

  @Parameter
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Major major;

  @BeforeParameterizedClassInvocation
  static void open(Major major) {
    int port = GuardedServer.of(major).port();
    gateway = Gateway.passing(port);
    gateway.gate.refuse(Submission.Stage.EXECUTE, "/*refused*/");
    try (RawConnection direct = RawConnection.ready(port)) {
      direct.ask(new Query("create table refusal (id int)"));
    }
  }

  @AfterParameterizedClassInvocation
  static void close() {
    gateway.close();
  }

  private static FrontendMessage[] extended(String sql) {
    return new FrontendMessage[] {
      new Parse("", sql, new int[0]),
      new Bind("", "", new int[0], List.of(), new int[0]),
      new Execute("", 0)
    };
  }

  private static FrontendMessage[] batch(Object... parts) {
    List<FrontendMessage> messages = new ArrayList<>();
    for (Object part : parts) {
      switch (part) {
        case FrontendMessage message -> messages.add(message);
        case FrontendMessage[] several -> messages.addAll(List.of(several));
        default -> throw new IllegalArgumentException(part.toString());
      }
    }
    return messages.toArray(FrontendMessage[]::new);
  }

  private static Query query(String sql) {
    return new Query(sql);
  }

  private static Arguments conversation(String name, FrontendMessage[]... batches) {
    return Arguments.of(name, List.of(batches));
  }

  static Stream<Arguments> conversations() {
    return Stream.of(simple(), extendedBatches(), namesAndCopy()).flatMap(Function.identity());
  }

  private static Stream<Arguments> simple() {
    return Stream.of(
        conversation("simple, idle", batch(query(FAILS)), batch(query("select 1"))),
        conversation(
            "simple, in a block",
            batch(query("begin")),
            batch(query(INSERT)),
            batch(query(FAILS)),
            batch(query("select 1")),
            batch(query("commit")),
            batch(query("select 2"))),
        conversation(
            "simple, with a savepoint",
            batch(query("begin")),
            batch(query(INSERT)),
            batch(query("savepoint s")),
            batch(query(FAILS)),
            batch(query("rollback to s")),
            batch(query("commit"))),
        conversation(
            "simple, in a failed block",
            batch(query("begin")),
            batch(query("select 1/0")),
            batch(query(FAILS)),
            batch(query("rollback"))));
  }

  private static Stream<Arguments> extendedBatches() {
    Sync sync = new Sync();
    return Stream.of(
        conversation("extended, idle", batch(extended(FAILS), sync), batch(extended(INSERT), sync)),
        conversation(
            "extended, in a block",
            batch(extended("begin"), sync),
            batch(extended(INSERT), sync),
            batch(extended(FAILS), extended(INSERT), sync),
            batch(extended("commit"), sync)),
        conversation(
            "extended, implicit batch rolls back",
            batch(extended(INSERT), extended(FAILS), extended(INSERT), sync),
            batch(extended("select 3"), sync)),
        conversation(
            "extended, several batches in flight",
            batch(
                extended(INSERT),
                sync,
                extended(INSERT),
                extended(FAILS),
                sync,
                extended(INSERT),
                sync)),
        conversation(
            "extended, simple query in the unfinished batch",
            batch(extended(INSERT), query(FAILS)),
            batch(query("select 4"))),
        conversation(
            "extended, with a savepoint",
            batch(query("begin")),
            batch(extended(INSERT), sync),
            batch(extended("savepoint s"), sync),
            batch(extended(INSERT), extended(FAILS), sync),
            batch(extended("rollback to s"), sync),
            batch(extended("commit"), sync)));
  }

  private static Stream<Arguments> namesAndCopy() {
    Sync sync = new Sync();
    CopyData row = new CopyData("7\n".getBytes(StandardCharsets.US_ASCII));
    return Stream.of(
        conversation(
            "extended, nothing after the batch was named",
            batch(
                new Parse("kept", INSERT, new int[0]),
                extended(FAILS),
                new Parse("lost", INSERT, new int[0]),
                sync),
            batch(
                new Bind("", "kept", new int[0], List.of(), new int[0]), new Execute("", 0), sync),
            batch(
                new Bind("", "lost", new int[0], List.of(), new int[0]), new Execute("", 0), sync)),
        conversation(
            "extended, refused behind a COPY that is in flight",
            batch(
                extended("copy refusal from stdin"),
                row,
                new CopyDone(),
                extended(FAILS),
                row,
                sync)),
        conversation(
            "extended, COPY refused with its data in flight",
            batch(
                extended(INSERT),
                extended("copy refusal_absent from stdin /*refused*/"),
                row,
                new CopyDone(),
                sync),
            batch(query("select 5"))),
        conversation(
            "extended, described before",
            batch(
                new Parse("d", FAILS, new int[0]),
                new Describe(Kind.STATEMENT, "d"),
                new Bind("", "d", new int[0], List.of(), new int[0]),
                new Describe(Kind.PORTAL, ""),
                new Execute("", 0),
                sync),
            batch(query("deallocate all"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void conversation_readsAsAgainstTheServerItself(String name, List<FrontendMessage[]> batches) {
    List<String> direct;
    List<String> gated;
    try (RawConnection connection = RawConnection.ready(GuardedServer.of(major).port())) {
      direct = run(connection, batches);
    }
    try (RawConnection connection = gateway.connect()) {
      gated = run(connection, batches);
    }

    assertThat(gated).as(name).isEqualTo(direct);
  }

  private static List<String> run(RawConnection connection, List<FrontendMessage[]> batches) {
    connection.ask(query("truncate refusal"));
    List<String> read = new ArrayList<>();
    for (FrontendMessage[] batch : batches) {
      connection.send(batch);
      long syncs = Stream.of(batch).filter(m -> m instanceof Sync || m instanceof Query).count();
      for (long i = 0; i < syncs; i++) {
        boolean beforeSync = batch[batch.length - 1] instanceof Query && batch.length > 1;
        connection
            .readUntil(ReadyForQuery.class::isInstance)
            .forEach(message -> read.add(line(message)));
        if (beforeSync) {
          break;
        }
      }
    }
    read.add("rows " + rowCount(connection));
    return read;
  }

  private static String line(BackendMessage message) {
    return switch (message) {
      case ErrorResponse _ -> "ErrorResponse";
      case ReadyForQuery(byte status) -> "ReadyForQuery " + (char) status;
      case CommandComplete complete -> complete.toString();
      default -> message.getClass().getSimpleName();
    };
  }

  @Test
  void refusal_namesRuleReasonAndWayOut() {
    try (RawConnection connection = gateway.connect()) {
      List<BackendMessage> answer = connection.ask(query(FAILS));

      assertThat(answer.getFirst())
          .isInstanceOfSatisfying(
              ErrorResponse.class,
              error ->
                  assertThat(error.fields())
                      .containsEntry('V', "ERROR")
                      .containsEntry('C', "42501")
                      .containsEntry('M', "refused by the script")
                      .containsEntry('D', "Rule: test.")
                      .containsEntry('H', "Ask the test."));
    }
  }

  @Test
  void refusalAfterFlush_stillUndoesTheUnfinishedBatch() {
    try (RawConnection connection = gateway.connect()) {
      connection.ask(query("truncate refusal"));
      connection.send(batch(extended(INSERT), new Flush()));
      connection.readUntil(CommandComplete.class::isInstance);

      connection.send(batch(extended(FAILS), new Sync()));
      List<BackendMessage> answer = connection.readUntil(ReadyForQuery.class::isInstance);

      assertThat(answer).hasAtLeastOneElementOfType(ErrorResponse.class);
      assertThat(rowCount(connection)).isEqualTo("0");
    }
  }

  private static String rowCount(RawConnection connection) {
    return connection.ask(query("select count(*) from refusal")).stream()
        .filter(io.gatehouse.postgres.message.DataRow.class::isInstance)
        .map(row -> new String(field(row), StandardCharsets.US_ASCII))
        .findFirst()
        .orElse("none");
  }

  private static byte[] field(BackendMessage row) {
    byte[] field = ((io.gatehouse.postgres.message.DataRow) row).values().getFirst();
    return field == null ? new byte[0] : field;
  }
}
