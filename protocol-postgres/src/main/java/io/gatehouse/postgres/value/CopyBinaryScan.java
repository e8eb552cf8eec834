package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.FieldMasking;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The binary form: a header, then rows of counted fields of counted bytes, then a trailer. */
final class CopyBinaryScan implements CopyScan {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  private static final int TRAILER = -1;
  private static final int NULL = -1;

  /** What comes next. */
  private enum Part {
    SIGNATURE(11),
    FLAGS(4),
    EXTENSION_LENGTH(4),
    EXTENSION(0),
    COUNT(2),
    LENGTH(4),
    FIELD(0),
    OVER(0);

    private final int bytes;

    Part(int bytes) {
      this.bytes = bytes;
    }
  }

  /** One per column, null where it passes. */
  private final @Nullable FieldMasking[] columns;

  private final HeldField held;
  private Part part = Part.SIGNATURE;

  /** Bytes of the part that have come, and how many there are. */
  private int come;

  private int wanted = Part.SIGNATURE.bytes;

  /** A number as far as it has come, most significant byte first. */
  private int number;

  private int column;

  CopyBinaryScan(@Nullable FieldMasking[] columns, HeldField held) {
    this.columns = columns;
    this.held = held;
  }

  @Override
  public boolean atRowEnd() {
    return part == Part.OVER;
  }

  @Override
  public void scan(ByteBuf content, ByteBuf out) {
    int i = content.readerIndex();
    int end = content.writerIndex();
    while (i < end) {
      if (part == Part.OVER) {
        throw new CopyRewriter.Unreadable("COPY data goes on after its trailer");
      }
      if (part == Part.FIELD || part == Part.EXTENSION) {
        int some = Math.min(end - i, wanted - come);
        if (part == Part.FIELD && columns[column] != null) {
          held.add(content, i, some);
        } else {
          out.writeBytes(content, i, some);
        }
        i += some;
        come += some;
      } else {
        number(content.getByte(i++), out);
      }
      if (come == wanted) {
        ended(out);
      }
    }
  }

  private void number(byte next, ByteBuf out) {
    if (part == Part.SIGNATURE && next != SIGNATURE[come]) {
      throw new CopyRewriter.Unreadable("COPY data without its signature");
    }
    number = (number << 8) | (next & 0xff);
    come++;
    if (part != Part.LENGTH) {
      out.writeByte(next);
    }
  }

  private void ended(ByteBuf out) {
    int value = number;
    switch (part) {
      case SIGNATURE -> begin(Part.FLAGS, Part.FLAGS.bytes);
      case FLAGS -> {
        // Bit 16 puts numbers of rows in front of them; no supported version sends it.
        if (value != 0) {
          throw new CopyRewriter.Unreadable("COPY data with unknown flags");
        }
        begin(Part.EXTENSION_LENGTH, Part.EXTENSION_LENGTH.bytes);
      }
      case EXTENSION_LENGTH -> {
        if (value < 0) {
          throw new CopyRewriter.Unreadable("a negative length in COPY data");
        }
        begin(value == 0 ? Part.COUNT : Part.EXTENSION, value == 0 ? Part.COUNT.bytes : value);
      }
      case EXTENSION -> begin(Part.COUNT, Part.COUNT.bytes);
      case COUNT -> row((short) value);
      case LENGTH -> length(value, out);
      case FIELD -> {
        FieldMasking masking = columns[column];
        if (masking != null) {
          rewrite(masking, false, out);
        }
        nextColumn();
      }
      case OVER -> throw new CopyRewriter.Unreadable("COPY data goes on after its trailer");
    }
  }

  private void row(int count) {
    if (count == TRAILER) {
      begin(Part.OVER, 1);
    } else if (count != columns.length) {
      throw new CopyRewriter.Unreadable("a row of COPY data has other columns than were described");
    } else if (count == 0) {
      begin(Part.COUNT, Part.COUNT.bytes);
    } else {
      column = 0;
      begin(Part.LENGTH, Part.LENGTH.bytes);
    }
  }

  private void length(int value, ByteBuf out) {
    if (value < NULL) {
      throw new CopyRewriter.Unreadable("a negative length in COPY data");
    }
    FieldMasking masking = columns[column];
    if (masking == null) {
      out.writeInt(value);
    } else {
      held.check(Math.max(value, 0));
    }
    if (value > 0) {
      begin(Part.FIELD, value);
      return;
    }
    if (masking != null) {
      rewrite(masking, value == NULL, out);
    }
    nextColumn();
  }

  private void rewrite(FieldMasking masking, boolean isNull, ByteBuf out) {
    Value original = isNull ? Value.NULL : masking.value(held.view());
    Value masked = masking.masked(original);
    if (FieldMasking.same(masked, original)) {
      out.writeInt(isNull ? NULL : held.size());
      held.writeTo(out);
    } else {
      RowRewriter.encodeCounted(masking, masked, out);
    }
    held.clear();
  }

  private void nextColumn() {
    column++;
    boolean more = column < columns.length;
    begin(more ? Part.LENGTH : Part.COUNT, more ? Part.LENGTH.bytes : Part.COUNT.bytes);
  }

  private void begin(Part next, int bytes) {
    part = next;
    wanted = bytes;
    come = 0;
    number = 0;
  }
}
