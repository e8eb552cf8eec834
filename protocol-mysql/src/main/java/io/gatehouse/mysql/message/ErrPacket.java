package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A command failed, or the connection did. It may come in the place of any row.
 *
 * @param sqlState five characters; null before the greeting, when nothing is agreed on yet
 */
public record ErrPacket(int code, @Nullable String sqlState, String message)
    implements BackendMessage {

  public static final int HEADER = 0xFF;

  private static final int STATE_BYTES = 5;

  /** With this code MariaDB reports progress; it is not offered to do so. */
  private static final int PROGRESS = 0xFFFF;

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public ErrPacket(int code, @Nullable String sqlState, String message) {
    if (code == PROGRESS) {
      throw new ProtocolException("a report of progress that nobody asked for");
    }
    if (sqlState != null && sqlState.getBytes(StandardCharsets.ISO_8859_1).length != STATE_BYTES) {
      throw new ProtocolException("an SQLSTATE has five characters");
    }
    this.code = code & 0xFFFF;
    this.sqlState = sqlState;
    this.message = message;
  }

  public static ErrPacket decode(ByteBuf body) {
    Fields.expect(body, HEADER, "an error");
    int code = Fields.int16(body);
    String state = null;
    if (body.isReadable() && body.getByte(body.readerIndex()) == '#') {
      body.skipBytes(1);
      state = new String(Bodies.bytes(body, STATE_BYTES), StandardCharsets.ISO_8859_1);
    }
    return new ErrPacket(code, state, Fields.lenient(Bodies.rest(body)));
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(HEADER).writeShortLE(code);
    if (sqlState != null) {
      out.writeByte('#').writeCharSequence(sqlState, StandardCharsets.ISO_8859_1);
    }
    out.writeBytes(Fields.utf8(message));
  }
}
