package io.gatehouse.postgres.value;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** A name in a body; the String of the last one is kept, for names repeat. */
final class NameView {
  private byte[] bytes = new byte[0];
  private String name = "";

  /** Reads the name at the position; returns the position behind its terminating zero. */
  int wrap(ByteBuf body, int position) {
    int end = body.indexOf(position, body.writerIndex(), (byte) 0);
    if (end < 0) {
      throw new ProtocolException("string without its terminating zero");
    }
    int length = end - position;
    if (!same(body, position, length)) {
      if (!ByteBufUtil.isText(body, position, length, StandardCharsets.UTF_8)) {
        throw new ProtocolException("string is not UTF-8; set client_encoding to UTF8");
      }
      byte[] read = new byte[length];
      body.getBytes(position, read);
      bytes = read;
      name = new String(read, StandardCharsets.UTF_8);
    }
    return end + 1;
  }

  String name() {
    return name;
  }

  private boolean same(ByteBuf body, int position, int length) {
    if (length != bytes.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (body.getByte(position + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
