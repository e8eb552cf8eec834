package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command ended well, or with DEPRECATE_EOF its rows did.
 *
 * @param header {@link #OK}, or {@link #END_OF_ROWS}
 * @param affectedRows unsigned
 * @param lastInsertId unsigned
 * @param status bits of {@link ServerStatus}
 * @param info for people; null if there is none, which on the wire is not the same as an empty one
 * @param changes what became of the session; there only if the status says so
 */
public record OkPacket(
    int header,
    long affectedRows,
    long lastInsertId,
    int status,
    int warnings,
    @Nullable String info,
    List<SessionChange> changes)
    implements BackendMessage {

  public static final int OK = 0x00;
  public static final int END_OF_ROWS = 0xFE;

  // not compact: then javac would leave the annotations of the parameters out of the class file
  public OkPacket(
      int header,
      long affectedRows,
      long lastInsertId,
      int status,
      int warnings,
      @Nullable String info,
      List<SessionChange> changes) {
    if (header != OK && header != END_OF_ROWS) {
      throw new ProtocolException("expected an OK");
    }
    this.header = header;
    this.affectedRows = affectedRows;
    this.lastInsertId = lastInsertId;
    this.status = status;
    this.warnings = warnings;
    this.info = info;
    this.changes = List.copyOf(changes);
  }

  /** One that says nothing more than its status. */
  public static OkPacket of(int status) {
    return new OkPacket(OK, 0, 0, status, 0, null, List.of());
  }

  public static OkPacket decode(ByteBuf body, Capabilities spoken) {
    int header = Fields.int8(body);
    long affected = Fields.lenenc(body);
    long inserted = Fields.lenenc(body);
    int status = Fields.int16(body);
    int warnings = Fields.int16(body);
    String info = null;
    List<SessionChange> changes = List.of();
    if (!spoken.has(Capability.SESSION_TRACK)) {
      info = body.isReadable() ? Fields.lenient(Bodies.rest(body)) : null;
    } else if (body.isReadable()) {
      info = Fields.lenient(Fields.lenencBytes(body));
      if ((status & ServerStatus.SESSION_STATE_CHANGED) != 0) {
        changes = changes(Fields.lenencBytes(body));
      }
    }
    Bodies.end(body);
    return new OkPacket(header, affected, inserted, status, warnings, info, changes);
  }

  private static List<SessionChange> changes(byte[] block) {
    ByteBuf body = Unpooled.wrappedBuffer(block);
    List<SessionChange> changes = new ArrayList<>();
    while (body.isReadable()) {
      changes.add(SessionChange.decode(body));
    }
    return changes;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(header);
    Fields.writeLenenc(out, affectedRows);
    Fields.writeLenenc(out, lastInsertId);
    out.writeShortLE(status).writeShortLE(warnings);
    if (!spoken.has(Capability.SESSION_TRACK)) {
      out.writeBytes(Fields.utf8(info == null ? "" : info));
    } else if (info != null) {
      Fields.writeLenenc(out, info);
      if ((status & ServerStatus.SESSION_STATE_CHANGED) != 0) {
        ByteBuf block = Unpooled.buffer();
        changes.forEach(change -> change.encode(block));
        Fields.writeLenenc(out, block.readableBytes());
        out.writeBytes(block);
      }
    }
  }
}
