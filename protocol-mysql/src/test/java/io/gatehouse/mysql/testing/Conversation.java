package io.gatehouse.mysql.testing;

import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.BinaryRow;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ColumnCount;
import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.Command;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.EofPacket;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.LocalInfileData;
import io.gatehouse.mysql.message.LocalInfileRequest;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.StatisticsText;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.relay.AnswerCourse;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Commands and their answers over a {@link RawConnection}, part by part. Used by one thread. */
public final class Conversation {
  private final RawConnection connection;

  /** Of the result at hand, and after its end of the cursor that it opened. */
  private List<Integer> types = List.of();

  private Function<byte[], List<LocalInfileData>> files = _ -> List.of();
  private int status;

  public Conversation(RawConnection connection) {
    this.connection = connection;
  }

  /** What is sent when the server asks for a file; the end is added. */
  public void files(Function<byte[], List<LocalInfileData>> newFiles) {
    files = newFiles;
  }

  /** What both sides can do. */
  public Capabilities spoken() {
    return connection.spoken();
  }

  /** The last that the server said. */
  public int status() {
    return status;
  }

  /** The whole answer. */
  public List<Message> ask(Command command) {
    connection.command(command);
    return answer(command.type());
  }

  /** Sends only, for what is never answered, or is sent ahead. */
  public void tell(Command command) {
    connection.command(command);
  }

  /** The number of the next packet, where several commands were sent ahead. */
  public void expect(int number) {
    connection.expect(number);
  }

  public List<Message> answer(CommandType type) {
    AnswerCourse course = new AnswerCourse(type, connection.spoken());
    List<Message> messages = new ArrayList<>();
    List<Integer> described = new ArrayList<>();
    while (!course.done()) {
      byte[] payload = connection.read();
      Part part = course.part(payload.length == 0 ? 0 : payload[0] & 0xFF, payload.length);
      if (part == Part.COUNT) {
        described.clear();
      }
      Message message = decode(type, part, payload);
      messages.add(message);
      if (message instanceof ColumnDefinition41 column && type != CommandType.COM_STMT_PREPARE) {
        described.add(column.type());
        types = List.copyOf(described);
      }
      course.take(part, Unpooled.wrappedBuffer(payload));
      status = course.status();
      if (message instanceof LocalInfileRequest(byte[] file)) {
        files.apply(file).forEach(connection::send);
        connection.send(new LocalInfileData(new byte[0]));
      }
    }
    return messages;
  }

  /**
   * Goes through an answer without decoding or keeping any of it.
   *
   * @param reader is told what each payload is
   */
  public void each(CommandType type, BiConsumer<Part, byte[]> reader) {
    AnswerCourse course = new AnswerCourse(type, connection.spoken());
    while (!course.done()) {
      byte[] payload = connection.read();
      Part part = course.part(payload.length == 0 ? 0 : payload[0] & 0xFF, payload.length);
      course.take(part, Unpooled.wrappedBuffer(payload));
      reader.accept(part, payload);
    }
    status = course.status();
  }

  private Message decode(CommandType type, Part part, byte[] payload) {
    return switch (part) {
      case OK, DEFINITIONS_END, ROWS_END ->
          payload.length == EofPacket.BYTES
              ? connection.decode(payload, EofPacket::decode)
              : connection.decode(payload, b -> OkPacket.decode(b, connection.spoken()));
      case ERROR -> connection.decode(payload, ErrPacket::decode);
      case COUNT -> connection.decode(payload, ColumnCount::decode);
      case DEFINITION ->
          connection.decode(payload, b -> ColumnDefinition41.decode(b, connection.spoken()));
      case ROW ->
          type == CommandType.COM_QUERY
              ? connection.decode(payload, b -> TextRow.decode(b, types.size()))
              : connection.decode(payload, b -> BinaryRow.decode(b, types));
      case FILE_REQUEST -> connection.decode(payload, LocalInfileRequest::decode);
      case PREPARED -> connection.decode(payload, PrepareOk::decode);
      case TEXT -> connection.decode(payload, StatisticsText::decode);
      case AUTHENTICATION -> connection.decode(payload, AuthMoreData::decode);
    };
  }
}
