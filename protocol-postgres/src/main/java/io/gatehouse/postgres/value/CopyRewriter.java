package io.gatehouse.postgres.value;

import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.spi.CopyFormat;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Puts NULL in place of some columns of COPY data ("COPY", File Formats). Rows may lie in the
 * messages in any way: what is known between two messages is a few numbers, never a value. Owned by
 * the session's event loop; owns no buffer.
 */
public final class CopyRewriter {
  private final CopyScan scan;

  /** A row is not what was described. Says what, and never a value. Without a stack trace. */
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param withheld for each column whether its values become NULL
   */
  public CopyRewriter(CopyFormat format, List<Boolean> withheld) {
    boolean[] columns = new boolean[withheld.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = withheld.get(i);
    }
    scan =
        switch (format.kind()) {
          case TEXT, CSV -> new CopyLineScan(format, columns);
          case BINARY -> new CopyBinaryScan(columns);
        };
  }

  /**
   * Appends a whole CopyData message with what is left of this one's content; nothing, if nothing
   * is left.
   *
   * @param content of a CopyData; its indices are not moved
   * @throws Unreadable if it is not what was described; nothing was appended then
   */
  public void rewrite(ByteBuf content, ByteBuf out) {
    int start = out.writerIndex();
    boolean done = false;
    try {
      out.writeByte(BackendType.COPY_DATA).writeInt(0);
      int body = out.writerIndex();
      scan.scan(content, out);
      done = out.writerIndex() > body;
      out.setInt(start + 1, out.writerIndex() - start - 1);
    } finally {
      if (!done) {
        out.writerIndex(start);
      }
    }
  }

  /** The data is over. */
  public void end() {
    if (!scan.atRowEnd()) {
      throw new Unreadable("the COPY data ends in the middle of a row");
    }
  }
}
