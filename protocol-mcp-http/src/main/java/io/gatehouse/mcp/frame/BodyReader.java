package io.gatehouse.mcp.frame;

import io.gatehouse.mcp.frame.BrokenMessage.Fault;
import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one body. Total; keeps nothing but where it is. */
public final class BodyReader {
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(;.*)?");
  private static final int MOST_CHUNK_LINE = 512;

  /** Of a whole body: what says nothing must not be all that is sent. */
  private static final int MOST_EXTENSIONS = 16_384;

  private static final int MOST_TRAILERS = 8_192;

  /** What of trailers is done with. */
  public enum Trailers {
    REFUSED,
    DROPPED
  }

  private sealed interface Phase {
    record Data(long left, boolean chunk) implements Phase {}

    record ChunkLine() implements Phase {}

    record ChunkEnd() implements Phase {}

    record Trailer(FieldLines fields) implements Phase {}

    record Whole() implements Phase {}
  }

  private final Trailers trailers;
  private final Lines lines = new Lines();
  private Phase phase;
  private int extensions;

  public BodyReader(Framing framing, Trailers trailers) {
    this.trailers = trailers;
    phase =
        switch (framing) {
          case Framing.None _ -> new Phase.Whole();
          case Framing.Fixed(long length) -> new Phase.Data(length, false);
          case Framing.Chunked _ -> new Phase.ChunkLine();
        };
  }

  /** Whether nothing more belongs to it. */
  public boolean whole() {
    return phase instanceof Phase.Whole;
  }

  /**
   * The next bytes of it, which the caller releases; null if there are none now.
   *
   * @throws BrokenMessage if there is no telling
   */
  public @Nullable ByteBuf next(ByteBuf in) {
    while (in.isReadable()) {
      switch (phase) {
        case Phase.Data data -> {
          return data(data, in);
        }
        case Phase.ChunkLine _ -> {
          if (!chunkLine(in)) {
            return null;
          }
        }
        case Phase.ChunkEnd _ -> {
          if (!chunkEnd(in)) {
            return null;
          }
        }
        case Phase.Trailer(FieldLines fields) -> {
          if (!trailer(fields, in)) {
            return null;
          }
        }
        case Phase.Whole _ -> {
          return null;
        }
      }
    }
    return null;
  }

  private ByteBuf data(Phase.Data data, ByteBuf in) {
    int length = (int) Math.min(in.readableBytes(), data.left());
    long left = data.left() - length;
    if (left > 0) {
      phase = new Phase.Data(left, data.chunk());
    } else {
      phase = data.chunk() ? new Phase.ChunkEnd() : new Phase.Whole();
    }
    return in.readRetainedSlice(length);
  }

  private boolean chunkLine(ByteBuf in) {
    String line = lines.next(in, MOST_CHUNK_LINE, Fault.MALFORMED);
    if (line == null) {
      return false;
    }
    Matcher chunk = CHUNK.matcher(line);
    if (!chunk.matches()) {
      throw BrokenMessage.malformed("a chunk does not say how long it is");
    }
    extensions += line.length() - chunk.group(1).length();
    if (extensions > MOST_EXTENSIONS) {
      throw BrokenMessage.malformed("there are too many chunk extensions");
    }
    int length = Integer.parseInt(chunk.group(1), 16);
    phase =
        length == 0
            ? new Phase.Trailer(new FieldLines(MOST_TRAILERS, 100))
            : new Phase.Data(length, true);
    return true;
  }

  private boolean chunkEnd(ByteBuf in) {
    String line = lines.next(in, 0, Fault.MALFORMED);
    if (line == null) {
      return false;
    }
    phase = new Phase.ChunkLine();
    return true;
  }

  private boolean trailer(FieldLines fields, ByteBuf in) {
    Headers read = fields.read(in);
    if (read == null) {
      return false;
    }
    if (trailers == Trailers.REFUSED && !read.fields().isEmpty()) {
      throw BrokenMessage.malformed("trailers are not taken");
    }
    phase = new Phase.Whole();
    return true;
  }
}
