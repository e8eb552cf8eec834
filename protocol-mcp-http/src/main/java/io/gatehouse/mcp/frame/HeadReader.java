package io.gatehouse.mcp.frame;

import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads the head of one message: its first line and its headers. Total and bounded. */
public final class HeadReader {

  /** A head whose first line is not understood yet. */
  public record Head(String startLine, Headers headers) {}

  private final Lines lines = new Lines();
  private final int mostLine;
  private final FieldLines fields;
  private @Nullable String startLine;

  public HeadReader(Limits limits) {
    mostLine = limits.intOf(Limit.HTTP_LINE_BYTES);
    fields =
        new FieldLines(limits.intOf(Limit.HTTP_HEADER_BYTES), limits.intOf(Limit.HTTP_HEADERS));
  }

  /**
   * The head; null until it is whole, and then not to be asked again.
   *
   * @throws BrokenMessage if it is none
   */
  public @Nullable Head read(ByteBuf in) {
    String first = startLine;
    if (first == null) {
      first = lines.next(in, mostLine, Fault.START_LINE_TOO_LONG);
      if (first == null) {
        return null;
      }
      startLine = first;
    }
    Headers headers = fields.read(in);
    return headers == null ? null : new Head(first, headers);
  }
}
