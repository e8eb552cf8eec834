package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.message.Flush;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.Terminate;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.LeakPresenceDetector;
import java.nio.charset.StandardCharsets;

/** Reading the few fields the relay needs in place, and the frames the gate sends of its own. */
final class Frames {

  /**
   * Not SQL in any version, so that its raw parse fails before anything else is looked at, with
   * SQLSTATE 42601 and in every transaction state. It shows in the server's log.
   */
  private static final String NOT_SQL = "gatehouse refused the command that stood here";

  private static final ByteBuf POISON_PARSE = constant(new Parse("gatehouse", NOT_SQL, new int[0]));
  private static final ByteBuf POISON_QUERY = constant(new Query(NOT_SQL));

  /** Shared and unreleasable: write a duplicate. */
  static final ByteBuf FLUSH = constant(new Flush());

  static final ByteBuf TERMINATE = constant(new Terminate());

  private Frames() {}

  private static ByteBuf constant(FrontendMessage message) {
    return LeakPresenceDetector.staticInitializer(
        () -> {
          ByteBuf frame = Unpooled.directBuffer();
          message.encode(frame);
          return Unpooled.unreleasableBuffer(frame.asReadOnly());
        });
  }

  /**
   * What must fail in the place of a refused message, and end what the message would have ended.
   */
  static ByteBuf poison(byte refusedType) {
    boolean simple = refusedType == FrontendType.QUERY || refusedType == FrontendType.FUNCTION_CALL;
    return (simple ? POISON_QUERY : POISON_PARSE).duplicate();
  }

  static ByteBuf describePortalAndFlush(ByteBufAllocator allocator, String portal) {
    ByteBuf out = allocator.buffer();
    int start = out.writerIndex();
    out.writeByte(FrontendType.DESCRIBE);
    out.writeInt(0);
    out.writeByte('P');
    out.writeCharSequence(portal, StandardCharsets.ISO_8859_1);
    out.writeByte(0);
    out.setInt(start + 1, out.writerIndex() - start - 1);
    return out.writeBytes(FLUSH.duplicate());
  }

  static byte kind(ByteBuf body) {
    if (!body.isReadable()) {
      throw new ProtocolException("message ends inside a field");
    }
    return body.readByte();
  }

  /** A name, byte for byte: identity is all that counts here, whatever the encoding. */
  static String name(ByteBuf body) {
    int length = terminator(body);
    String name = body.toString(body.readerIndex(), length, StandardCharsets.ISO_8859_1);
    body.skipBytes(length + 1);
    return name;
  }

  /** The bytes of a text, without its terminator. */
  static byte[] text(ByteBuf body) {
    byte[] text = new byte[terminator(body)];
    body.readBytes(text).skipBytes(1);
    return text;
  }

  /** A body that is one text and nothing else. */
  static ByteBuf onlyText(ByteBuf body) {
    int length = terminator(body);
    if (length != body.readableBytes() - 1) {
      throw new ProtocolException("message goes on after its last field");
    }
    return body.slice(body.readerIndex(), length);
  }

  static int[] parameterTypes(ByteBuf body) {
    if (body.readableBytes() < Short.BYTES
        || body.getUnsignedShort(body.readerIndex()) * Integer.BYTES
            != body.readableBytes() - Short.BYTES) {
      throw new ProtocolException("the parameter types do not fill their message");
    }
    int[] types = new int[body.readUnsignedShort()];
    for (int i = 0; i < types.length; i++) {
      types[i] = body.readInt();
    }
    return types;
  }

  private static int terminator(ByteBuf body) {
    int length = body.bytesBefore((byte) 0);
    if (length < 0) {
      throw new ProtocolException("string without its terminating zero");
    }
    return length;
  }
}
