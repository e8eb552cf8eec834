package io.gatehouse.postgres;

import io.gatehouse.postgres.message.Authentication;
import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.BindComplete;
import io.gatehouse.postgres.message.CloseComplete;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.CopyBothResponse;
import io.gatehouse.postgres.message.CopyData;
import io.gatehouse.postgres.message.CopyDone;
import io.gatehouse.postgres.message.CopyInResponse;
import io.gatehouse.postgres.message.CopyOutResponse;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.EmptyQueryResponse;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.FunctionCallResponse;
import io.gatehouse.postgres.message.NegotiateProtocolVersion;
import io.gatehouse.postgres.message.NoData;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.NotificationResponse;
import io.gatehouse.postgres.message.ParameterDescription;
import io.gatehouse.postgres.message.ParameterStatus;
import io.gatehouse.postgres.message.ParseComplete;
import io.gatehouse.postgres.message.PortalSuspended;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.value.ShownValue;
import io.gatehouse.spi.ResultReader;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a server, one behind the other. Not thread-safe. */
final class PostgresResultReader implements ResultReader {
  /** A longer message is left out. */
  private static final int MOST_BODY = 16 << 20;

  private static final int MOST_LINE = 64 << 10;
  private static final int HEAD = 5;
  private static final int LENGTH = 4;

  private final Sink sink;
  private final byte[] head = new byte[HEAD];
  private int headBytes;
  private byte[] body = new byte[0];
  private int bodyBytes;

  /** Of the message that is being read, without its head. */
  private long expected;

  private long skipped;
  private boolean lost;

  private List<RowDescription.Field> columns = List.of();
  private boolean binaryCopy;
  private long copied;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  PostgresResultReader(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void take(byte[] part) {
    int at = 0;
    while (at < part.length && !lost) {
      if (headBytes < HEAD) {
        head[headBytes++] = part[at++];
        if (headBytes == HEAD) {
          begin();
        }
      } else {
        at += more(part, at);
      }
      if (!lost && headBytes == HEAD && bodyBytes + skipped == expected) {
        finish();
      }
    }
  }

  private void begin() {
    long length = 0;
    for (int i = 1; i < HEAD; i++) {
      length = (length << 8) | (head[i] & 0xff);
    }
    expected = length - LENGTH;
    bodyBytes = 0;
    skipped = 0;
    if (expected < 0) {
      lost = true;
      sink.unread("what follows is not a server's messages");
    }
  }

  /** Memory is taken for what is there, not for what is announced. */
  private int more(byte[] part, int at) {
    int count = (int) Math.min(expected - bodyBytes - skipped, part.length - at);
    if (expected > MOST_BODY) {
      skipped += count;
      return count;
    }
    if (body.length < bodyBytes + count) {
      body = Arrays.copyOf(body, Math.max(bodyBytes + count, Math.min(2 * body.length, MOST_BODY)));
    }
    System.arraycopy(part, at, body, bodyBytes, count);
    bodyBytes += count;
    return count;
  }

  private void finish() {
    headBytes = 0;
    if (skipped > 0) {
      sink.unread("a message of " + skipped + " bytes");
      return;
    }
    try {
      message(BackendDecoder.decode(head[0], Unpooled.wrappedBuffer(body, 0, bodyBytes)));
    } catch (ProtocolException e) {
      sink.unread("a message that is not well-formed");
    }
  }

  private void message(BackendMessage message) {
    switch (message) {
      case RowDescription(List<RowDescription.Field> fields) -> {
        columns = fields;
        sink.columns(fields.stream().map(RowDescription.Field::name).toList());
      }
      case DataRow(List<byte @Nullable []> values) -> sink.row(row(values));
      case CopyOutResponse copy -> binaryCopy = copy.format() != 0;
      case CopyData(byte[] data) -> copied(data);
      case CopyDone _ -> copyEnds();
      case CommandComplete(String tag) -> done(tag);
      case EmptyQueryResponse _ -> done("empty");
      case PortalSuspended _ -> sink.done("suspended");
      case FunctionCallResponse(byte @Nullable [] value) ->
          sink.row(Collections.singletonList(value == null ? null : ShownValue.of(value)));
      case ErrorResponse error -> {
        copyEnds();
        sink.said(error.severity(), error.sqlState(), error.message());
      }
      case NoticeResponse notice ->
          sink.said(
              notice.fields().getOrDefault('S', ""),
              notice.fields().getOrDefault('C', ""),
              notice.fields().getOrDefault('M', ""));
      case Authentication _,
          BackendKeyData _,
          BindComplete _,
          CloseComplete _,
          CopyBothResponse _,
          CopyInResponse _,
          NegotiateProtocolVersion _,
          NoData _,
          NotificationResponse _,
          ParameterDescription _,
          ParameterStatus _,
          ParseComplete _,
          ReadyForQuery _ -> {
        // Of the dialogue, not of a result.
      }
    }
  }

  private void done(String how) {
    columns = List.of();
    sink.done(how);
  }

  private List<@Nullable String> row(List<byte @Nullable []> values) {
    boolean described = columns.size() == values.size();
    List<@Nullable String> shown = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      if (value == null) {
        shown.add(null);
      } else if (described) {
        shown.add(ShownValue.of(value, columns.get(i).typeOid(), columns.get(i).format() == 1));
      } else {
        shown.add(ShownValue.of(value));
      }
    }
    return Collections.unmodifiableList(shown);
  }

  private void copied(byte[] data) {
    copied += data.length;
    if (binaryCopy) {
      return;
    }
    for (byte one : data) {
      if (one == '\n' || line.size() >= MOST_LINE) {
        flush();
      }
      if (one != '\n') {
        line.write(one);
      }
    }
  }

  private void flush() {
    sink.line(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }

  private void copyEnds() {
    if (line.size() > 0) {
      flush();
    }
    if (binaryCopy && copied > 0) {
      sink.unread("a copy of " + copied + " bytes in binary form");
    }
    copied = 0;
    binaryCopy = false;
  }

  @Override
  public void end() {
    copyEnds();
    if (headBytes > 0 && !lost) {
      sink.unread("the end of a message is not there");
    }
  }
}
