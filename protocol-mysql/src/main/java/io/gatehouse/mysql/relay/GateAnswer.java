package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a statement of the gate's own, taken whole. Owned by the event loop of the
 * connection it comes on.
 */
final class GateAnswer {

  /** The gate asks for catalogs and estimates, not for data. */
  private static final long MOST_BYTES = 1L << 28;

  private static final int BINARY = 63;

  private final Statement statement;
  private final Capabilities spoken;
  private final AnswerCourse course;
  private final List<ColumnDefinition41> columns = new ArrayList<>();
  private final List<List<Value>> rows = new ArrayList<>();
  private long bytes;
  private boolean described;
  private @Nullable UpstreamException failure;

  GateAnswer(Statement statement, Capabilities spoken) {
    this.statement = statement;
    this.spoken = spoken;
    course = new AnswerCourse(CommandType.COM_QUERY, spoken);
  }

  /** See {@link PacketReader.Owner#payload}; nothing of it goes on. */
  Step payload(ByteBuf input, int body, int length, boolean whole) {
    if (length >= PacketReader.FULL_BYTES) {
      throw new ProtocolException("an answer to the gate is too long");
    }
    if (!whole) {
      return Step.MORE;
    }
    ByteBuf payload = input.slice(body, length);
    Part part = course.part(length == 0 ? 0 : input.getUnsignedByte(body), length);
    bytes += length;
    if (bytes > MOST_BYTES) {
      fails(new UpstreamException("more than " + MOST_BYTES + " bytes"));
    }
    take(part, payload.duplicate());
    course.take(part, payload);
    return Step.DROP;
  }

  private void take(Part part, ByteBuf payload) {
    switch (part) {
      case COUNT -> {
        if (described) {
          fails(new UpstreamException("more than one result"));
        }
        described = true;
      }
      case DEFINITION -> {
        if (failure == null) {
          columns.add(ColumnDefinition41.decode(payload, spoken));
        }
      }
      case ROW -> {
        if (failure == null) {
          row(payload);
        }
      }
      case ERROR -> {
        ErrPacket error = ErrPacket.decode(payload);
        fails(
            new UpstreamException(
                "the server refused: " + error.code(), String.valueOf(error.code())));
      }
      case FILE_REQUEST, PREPARED, TEXT, AUTHENTICATION ->
          throw new ProtocolException("it does not answer what the gate has asked");
      case OK, DEFINITIONS_END, ROWS_END -> {
        // The course knows whether that is the end.
      }
    }
  }

  private void row(ByteBuf payload) {
    if (rows.size() >= statement.maxRows()) {
      fails(new UpstreamException("more than " + statement.maxRows() + " rows"));
      return;
    }
    List<Value> values = new ArrayList<>(columns.size());
    TextRow row = TextRow.decode(payload, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      byte[] field = row.values().get(i);
      values.add(field == null ? Value.NULL : value(field, columns.get(i).charset()));
    }
    rows.add(values);
  }

  /** What is not text for sure stays bytes: a name must not be taken for another one. */
  private static Value value(byte[] field, int charset) {
    try {
      Charset sure = utf8(charset) ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
      return new Value.Text(sure.newDecoder().decode(ByteBuffer.wrap(field)).toString());
    } catch (CharacterCodingException refused) {
      return new Value.Bytes(field);
    }
  }

  /** By the numbers of collations, which MySQL and MariaDB do not use for different sets. */
  private static boolean utf8(int charset) {
    return switch (charset) {
      case BINARY -> false;
      case 33, 45, 46, 76, 83 -> true;
      default ->
          (charset >= 192 && charset <= 215)
              || (charset >= 223 && charset <= 247)
              || (charset >= 255 && charset <= 323)
              || (charset >= 2_048 && charset < 2_560);
    };
  }

  private void fails(UpstreamException reason) {
    if (failure == null) {
      failure = reason;
      rows.clear();
    }
  }

  boolean done() {
    return course.done();
  }

  /** The last that the server said of the session. */
  int status() {
    return course.status();
  }

  /** Null if there is none. */
  @Nullable UpstreamException failure() {
    return failure;
  }

  Rows rows() {
    return new Rows(
        new ResultDescription(columns.stream().map(GateAnswer::column).toList()),
        List.copyOf(rows));
  }

  private static ResultDescription.Column column(ColumnDefinition41 column) {
    return new ResultDescription.Column(
        column.name(), 0, 0, String.valueOf(column.type()), -1, false);
  }
}
