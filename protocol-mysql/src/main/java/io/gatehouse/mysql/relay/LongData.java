package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ComStmtSendLongData;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that came ahead of an execution, kept here until it may run: nothing of a command goes
 * to the server before that. Owned by the session's event loop.
 */
final class LongData {

  /** What a part costs beside its bytes, so that empty ones are bounded too. */
  private static final int PART_BYTES = 64;

  private final List<ComStmtSendLongData> parts = new ArrayList<>();
  private final Map<Integer, List<byte[]>> values = new HashMap<>();
  private long bytes;
  private @Nullable Limit passed;

  static long cost(ComStmtSendLongData part) {
    return (long) part.data().length + PART_BYTES;
  }

  void add(ComStmtSendLongData part) {
    parts.add(part);
    values.computeIfAbsent(part.parameter(), _ -> new ArrayList<>()).add(part.data());
    bytes += cost(part);
  }

  /** There was no room: nothing answers a part, so that the execution has to hear of it. */
  void tooMuch(Limit limit) {
    parts.clear();
    values.clear();
    bytes = 0;
    passed = limit;
  }

  @Nullable Limit passed() {
    return passed;
  }

  /** What is kept. */
  long bytes() {
    return bytes;
  }

  boolean of(int parameter) {
    return values.containsKey(parameter);
  }

  /** All parts of a value together. */
  byte[] value(int parameter) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    values.getOrDefault(parameter, List.of()).forEach(value::writeBytes);
    return value.toByteArray();
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** As they came, each in packets of its own. */
  void write(ByteBuf out, Capabilities spoken) {
    for (ComStmtSendLongData part : parts) {
      PacketWriter.write(out, 0, body -> part.encode(body, spoken));
    }
  }
}
