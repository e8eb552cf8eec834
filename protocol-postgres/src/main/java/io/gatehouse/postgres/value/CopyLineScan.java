package io.gatehouse.postgres.value;

import io.gatehouse.spi.CopyFormat;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Text and CSV: fields between delimiters, rows between line feeds. In text, a backslash takes the
 * meaning from what follows; in CSV, quotes do that for what is between them. Every byte that means
 * something is ASCII and part of no other character of UTF-8.
 */
final class CopyLineScan implements CopyScan {
  private static final byte LINE_FEED = '\n';
  private static final byte BACKSLASH = '\\';

  private final boolean[] withheld;
  private final boolean csv;
  private final byte delimiter;
  private final byte quote;
  private final byte escape;
  private final byte[] nullText;

  private boolean header;
  private int column;
  private boolean fieldBegun;
  private boolean quoted;

  /** The next byte is just that. */
  private boolean escaped;

  CopyLineScan(CopyFormat format, boolean[] withheld) {
    this.withheld = withheld;
    this.csv = format.kind() == CopyFormat.Kind.CSV;
    this.delimiter = format.delimiter();
    this.quote = format.quote();
    this.escape = csv ? format.escape() : BACKSLASH;
    this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
    this.header = format.header();
  }

  @Override
  public boolean atRowEnd() {
    return column == 0 && !fieldBegun;
  }

  @Override
  public void scan(ByteBuf content, ByteBuf out) {
    for (int i = content.readerIndex(); i < content.writerIndex(); i++) {
      byte next = content.getByte(i);
      boolean skips = withheld();
      if (skips && !fieldBegun) {
        out.writeBytes(nullText);
      }
      fieldBegun = true;
      if (ends(next)) {
        out.writeByte(next);
        next(next);
      } else if (!skips) {
        out.writeByte(next);
      }
    }
  }

  private boolean withheld() {
    if (column >= withheld.length) {
      throw new CopyRewriter.Unreadable("a row of COPY data has more columns than were described");
    }
    return withheld[column] && !header;
  }

  /** Whether a byte ends a field. */
  private boolean ends(byte next) {
    if (escaped) {
      escaped = false;
      return false;
    }
    if (csv) {
      // Where the escape is the quote, two of them leave the quotes and enter them again.
      if (quoted && next == escape && escape != quote) {
        escaped = true;
        return false;
      }
      if (next == quote) {
        quoted = !quoted;
        return false;
      }
      return !quoted && (next == delimiter || next == LINE_FEED);
    }
    if (next == escape) {
      escaped = true;
      return false;
    }
    return next == delimiter || next == LINE_FEED;
  }

  private void next(byte end) {
    fieldBegun = false;
    if (end == LINE_FEED) {
      if (column != withheld.length - 1) {
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
