package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.FieldMasking;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Text and CSV: fields between delimiters, rows between line feeds. */
final class CopyLineScan implements CopyScan {
  private static final byte LINE_FEED = '\n';

  private final CopyLineForm form;

  /** One per column, null where it passes. */
  private final @Nullable FieldMasking[] columns;

  private final HeldField held;
  private boolean header;
  private int column;
  private boolean fieldBegun;

  /**
   * @param header whether the first line is none of values
   */
  CopyLineScan(
      CopyLineForm form, @Nullable FieldMasking[] columns, HeldField held, boolean header) {
    this.form = form;
    this.columns = columns;
    this.held = held;
    this.header = header;
  }

  @Override
  public boolean atRowEnd() {
    return column == 0 && !fieldBegun;
  }

  @Override
  public void scan(ByteBuf content, ByteBuf out) {
    int from = content.readerIndex();
    int end = content.writerIndex();
    for (int i = from; i < end; i++) {
      byte next = content.getByte(i);
      FieldMasking masking = masking();
      fieldBegun = true;
      if (form.ends(next)) {
        part(masking, content, from, i, out);
        if (masking != null) {
          rewrite(masking, out);
        }
        out.writeByte(next);
        next(next);
        from = i + 1;
      }
    }
    if (from < end) {
      part(masking(), content, from, end, out);
    }
  }

  private @Nullable FieldMasking masking() {
    if (column >= columns.length) {
      throw new CopyRewriter.Unreadable("a row of COPY data has more columns than were described");
    }
    return header ? null : columns[column];
  }

  private void part(
      @Nullable FieldMasking masking, ByteBuf content, int from, int to, ByteBuf out) {
    if (masking == null) {
      out.writeBytes(content, from, to - from);
    } else {
      held.add(content, from, to - from);
    }
  }

  private void rewrite(FieldMasking masking, ByteBuf out) {
    byte[] content = form.read(held, column);
    Value original = content == null ? Value.NULL : masking.value(Unpooled.wrappedBuffer(content));
    Value masked = masking.masked(original);
    if (FieldMasking.same(masked, original)) {
      held.writeTo(out);
    } else if (masked.equals(Value.NULL)) {
      form.writeNull(out);
    } else {
      int start = out.writerIndex();
      masking.encode(masked, out);
      byte[] encoded = new byte[out.writerIndex() - start];
      out.getBytes(start, encoded);
      out.writerIndex(start);
      form.write(encoded, column, out);
    }
    held.clear();
  }

  private void next(byte end) {
    fieldBegun = false;
    if (end == LINE_FEED) {
      if (column != columns.length - 1) {
        throw new CopyRewriter.Unreadable(
            "a row of COPY data has fewer columns than were described");
      }
      column = 0;
      header = false;
    } else {
      column++;
    }
  }
}
