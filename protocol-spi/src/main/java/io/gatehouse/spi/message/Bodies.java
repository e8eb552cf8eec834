package io.gatehouse.spi.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of messages, read with every bound checked, and the values that they hold. */
public final class Bodies {
  private Bodies() {}

  public static void need(ByteBuf body, int length) {
    if (length < 0 || length > body.readableBytes()) {
      throw new ProtocolException("message ends inside a field");
    }
  }

  public static byte[] bytes(ByteBuf body, int length) {
    need(body, length);
    byte[] bytes = new byte[length];
    body.readBytes(bytes);
    return bytes;
  }

  public static byte[] rest(ByteBuf body) {
    return bytes(body, body.readableBytes());
  }

  /** Bytes up to a NUL, which is consumed. */
  public static byte[] terminated(ByteBuf body) {
    int length = body.bytesBefore((byte) 0);
    if (length < 0) {
      throw new ProtocolException("string without its terminating zero");
    }
    byte[] bytes = bytes(body, length);
    body.skipBytes(1);
    return bytes;
  }

  public static void end(ByteBuf body) {
    if (body.isReadable()) {
      throw new ProtocolException("message goes on after its last field");
    }
  }

  /** A zero inside would end the string early and let its rest pass for the next field. */
  public static String checkTerminated(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new ProtocolException("a string of the protocol cannot hold a zero byte");
    }
    return text;
  }

  public static List<byte @Nullable []> copyOfValues(List<byte @Nullable []> values) {
    return Collections.unmodifiableList(new ArrayList<>(values));
  }

  public static boolean sameValues(List<byte @Nullable []> one, List<byte @Nullable []> other) {
    return Arrays.deepEquals(one.toArray(), other.toArray());
  }

  public static int hashValues(List<byte @Nullable []> values) {
    return Arrays.deepHashCode(values.toArray());
  }
}
