package io.gatehouse.postgres.value;

import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.spi.CopyFormat;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription.Column;
import io.gatehouse.spi.value.FieldMasking;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts masks on COPY data ("COPY", File Formats). Rows may lie in the messages in any way: what is
 * known between two messages is where it stands, and of a field that is to be masked what has come
 * of it. Other fields are copied byte for byte, and so is one whose mask answers with the very
 * value it was given. Owned by the session's event loop; owns no buffer.
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

  /** A field that is to be masked is longer than may be held. Without a stack trace. */
  public static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong(int longest) {
      super("a field to be masked is longer than " + longest + " bytes", null, false, false);
    }
  }

  /**
   * @param longest bytes of a field that is masked
   */
  public CopyRewriter(CopyShape.Rewrite shape, int longest) {
    CopyFormat format = shape.format();
    List<Column> described = shape.described().columns();
    int[] types = new int[described.size()];
    if (shape.masks().size() != types.length) {
      throw new IllegalArgumentException(
          shape.masks().size() + " masks for " + types.length + " columns");
    }
    @Nullable FieldMasking[] columns = new @Nullable FieldMasking[types.length];
    boolean binary = format.kind() == CopyFormat.Kind.BINARY;
    for (int i = 0; i < types.length; i++) {
      types[i] = Integer.parseUnsignedInt(described.get(i).type());
      FieldMask mask = shape.masks().get(i);
      columns[i] =
          mask == null ? null : new FieldMasking(i, ValueCodecs.of(types[i]), binary, mask);
    }
    HeldField held = new HeldField(longest);
    scan =
        switch (format.kind()) {
          case TEXT ->
              new CopyLineScan(new CopyTextForm(format, types), columns, held, format.header());
          case CSV ->
              new CopyLineScan(
                  new CopyCsvForm(format, quoted(format.quoting(), described)),
                  columns,
                  held,
                  format.header());
          case BINARY -> new CopyBinaryScan(columns, held);
        };
  }

  private static boolean[] quoted(CopyFormat.Quoting quoting, List<Column> described) {
    boolean[] quoted = new boolean[described.size()];
    for (int i = 0; i < quoted.length; i++) {
      quoted[i] = quoting.always() || quoting.columns().contains(described.get(i).name());
    }
    return quoted;
  }

  /**
   * Appends a whole CopyData message with what is left of this one's content; nothing, if nothing
   * is left yet.
   *
   * @param content of a CopyData; its indices are not moved
   * @throws Unreadable if it is not what was described; nothing was appended then, nor where a
   *     value is {@link TooLong} or {@link Unmaskable}
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
