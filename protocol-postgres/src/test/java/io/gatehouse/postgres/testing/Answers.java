package io.gatehouse.postgres.testing;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations as lines that a test can spell out. */
public final class Answers {
  private Answers() {}

  /** Sends, and reads up to ReadyForQuery. */
  public static List<String> ask(RawConnection connection, FrontendMessage... messages) {
    return lines(connection.ask(messages));
  }

  public static List<String> untilReady(RawConnection connection) {
    return lines(connection.readUntil(ReadyForQuery.class::isInstance));
  }

  public static List<String> lines(List<BackendMessage> messages) {
    return messages.stream().map(Answers::line).toList();
  }

  /** Parse, Bind and Execute of the unnamed statement. */
  public static FrontendMessage[] extended(String sql, int... resultFormats) {
    return new FrontendMessage[] {
      new Parse("", sql, new int[0]),
      new Bind("", "", new int[0], List.of(), resultFormats),
      new Execute("", 0)
    };
  }

  public static FrontendMessage[] join(FrontendMessage[] first, FrontendMessage... rest) {
    FrontendMessage[] all = java.util.Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  public static String line(BackendMessage message) {
    return switch (message) {
      case ErrorResponse error -> error.severity() + " " + error.sqlState() + " " + error.message();
      case NoticeResponse notice -> "NOTICE " + notice.fields().get('M');
      case ReadyForQuery(byte status) -> "ready " + (char) status;
      case CommandComplete(String tag) -> tag;
      case DataRow(var values) -> values.stream().map(Answers::text).toList().toString();
      default -> message.getClass().getSimpleName();
    };
  }

  private static String text(byte @Nullable [] field) {
    return field == null ? "null" : new String(field, StandardCharsets.UTF_8);
  }
}
