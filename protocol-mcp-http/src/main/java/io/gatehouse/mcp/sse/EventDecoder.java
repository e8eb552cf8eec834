package io.gatehouse.mcp.sse;

import io.gatehouse.spi.json.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of events into pieces, as soon as each is whole. Lines end in CR, LF or both; an
 * event whose last CR is the last byte that came is not held back for the LF, which is a piece of
 * its own then.
 *
 * <p>Owned by one event loop. Copies what it reads: buffers given to it stay the caller's, and
 * pieces own their bytes.
 */
public final class EventDecoder {
  private static final int FIRST_BYTES = 256;

  /** What is larger is not kept for the next event. */
  private static final int KEPT_BYTES = 65_536;

  private final EventLimits limits;
  private byte[] piece = new byte[FIRST_BYTES];
  private int length;
  private int lineStart;
  private @Nullable EventFields fields;
  private boolean afterReturn;
  private boolean begun;
  private boolean failed;

  public EventDecoder(EventLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads all that is readable, and hands on each piece that is whole.
   *
   * @param in read to its end, not released
   * @throws MalformedEventException if it is no UTF-8 or too long; pieces before that were handed
   *     on, and nothing is read any more
   */
  public void decode(ByteBuf in, Consumer<EventPiece> pieces) throws MalformedEventException {
    if (failed) {
      throw new MalformedEventException("the stream was refused before");
    }
    failed = true;
    while (in.isReadable()) {
      step(in, pieces);
    }
    failed = false;
  }

  /** How much of an event is here that is not whole. */
  public int unfinishedBytes() {
    return length;
  }

  /** Whether an event has begun that is not whole; where the stream ends so, clients drop it. */
  public boolean unfinished() {
    return length > 0;
  }

  private void step(ByteBuf in, Consumer<EventPiece> pieces) throws MalformedEventException {
    if (afterReturn) {
      afterReturn = false;
      if (in.getByte(in.readerIndex()) == '\n') {
        lineFeed(in, pieces);
        return;
      }
    }
    int end = in.forEachByte(ByteProcessor.FIND_CRLF);
    if (end < 0) {
      append(in, in.readableBytes());
      return;
    }
    append(in, end - in.readerIndex());
    int lineEnd = length;
    boolean carriageReturn = in.getByte(end) == '\r';
    append(in, 1);
    if (carriageReturn) {
      if (!in.isReadable()) {
        afterReturn = true;
      } else if (in.getByte(in.readerIndex()) == '\n') {
        append(in, 1);
      }
    }
    line(lineEnd, pieces);
  }

  /** The other half of a line end, in a read of its own. */
  private void lineFeed(ByteBuf in, Consumer<EventPiece> pieces) throws MalformedEventException {
    append(in, 1);
    lineStart = length;
    if (fields == null) {
      pieces.accept(new Filler(taken()));
    }
  }

  private void line(int lineEnd, Consumer<EventPiece> pieces) throws MalformedEventException {
    int start = lineStart + markLength(lineEnd);
    if (!Utf8.valid(piece, start, lineEnd)) {
      throw new MalformedEventException("an event that is not UTF-8");
    }
    begun = true;
    lineStart = length;
    EventFields open = fields;
    if (start == lineEnd) {
      byte[] bytes = taken();
      pieces.accept(open == null ? new Filler(bytes) : new ServerEvent(bytes, open));
      fields = null;
    } else if (open == null && piece[start] == ':') {
      pieces.accept(new Filler(taken()));
    } else {
      if (open == null) {
        open = new EventFields(limits.fieldBytes());
        fields = open;
      }
      open.line(piece, start, lineEnd);
    }
  }

  /** One byte order mark may stand before the first line. */
  private int markLength(int lineEnd) {
    boolean marked =
        !begun
            && lineEnd >= 3
            && piece[0] == (byte) 0xEF
            && piece[1] == (byte) 0xBB
            && piece[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private byte[] taken() {
    byte[] bytes = Arrays.copyOf(piece, length);
    length = 0;
    lineStart = 0;
    if (piece.length > KEPT_BYTES) {
      piece = new byte[FIRST_BYTES];
    }
    return bytes;
  }

  private void append(ByteBuf in, int count) throws MalformedEventException {
    if (count > limits.eventBytes() - length) {
      throw new MalformedEventException("an event of more than " + limits.eventBytes() + " bytes");
    }
    if (length + count > piece.length) {
      long doubled = Math.max(2L * piece.length, length + count);
      piece = Arrays.copyOf(piece, (int) Math.min(doubled, limits.eventBytes()));
    }
    in.readBytes(piece, length, count);
    length += count;
  }
}
