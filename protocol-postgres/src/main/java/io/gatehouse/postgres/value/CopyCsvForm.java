package io.gatehouse.postgres.value;

import io.gatehouse.spi.CopyFormat;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * CSV: quotes take the meaning from what is between them (CopyAttributeOutCSV in copyto.c). A value
 * that has the text of NULL has quotes, and NULL never has.
 */
final class CopyCsvForm implements CopyLineForm {
  private static final byte LINE_FEED = '\n';
  private static final byte CARRIAGE_RETURN = '\r';

  /** Ends the data for readers before version 18, where it stands alone in a line. */
  private static final byte[] END_MARK = {'\\', '.'};

  private final byte delimiter;
  private final byte quote;
  private final byte escape;
  private final byte[] nullText;
  private final boolean[] quotedAlways;
  private boolean quoted;

  /** The next byte is just that. */
  private boolean escaped;

  /**
   * @param quotedAlways for each column whether its values have quotes, needed or not
   */
  CopyCsvForm(CopyFormat format, boolean[] quotedAlways) {
    this.delimiter = format.delimiter();
    this.quote = format.quoting().quote();
    this.escape = format.quoting().escape();
    this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
    this.quotedAlways = quotedAlways.clone();
  }

  @Override
  public boolean ends(byte next) {
    if (escaped) {
      escaped = false;
      return false;
    }
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

  @Override
  public byte @Nullable [] read(HeldField field, int column) {
    byte[] raw = new byte[field.size()];
    field.view().readBytes(raw);
    if (raw.length > 0 && raw[0] == quote) {
      return unquoted(raw);
    }
    for (byte next : raw) {
      if (next == quote) {
        throw new CopyRewriter.Unreadable("quotes inside of a field of COPY data without quotes");
      }
    }
    return Arrays.equals(raw, nullText) ? null : raw;
  }

  private byte[] unquoted(byte[] raw) {
    int end = raw.length - 1;
    byte[] plain = new byte[raw.length];
    int size = 0;
    for (int i = 1; i < end; i++) {
      byte next = raw[i];
      if (next == escape) {
        i++;
        if (i == end || (raw[i] != quote && raw[i] != escape)) {
          throw new CopyRewriter.Unreadable("an escape in COPY data that means nothing");
        }
        next = raw[i];
      } else if (next == quote) {
        throw new CopyRewriter.Unreadable("quotes that end inside of a field of COPY data");
      }
      plain[size++] = next;
    }
    if (end < 1 || raw[end] != quote) {
      throw new CopyRewriter.Unreadable("a field of COPY data goes on after its quotes");
    }
    return Arrays.copyOf(plain, size);
  }

  @Override
  public void write(byte[] content, int column, ByteBuf out) {
    if (!quotedAlways[column] && !needsQuotes(content)) {
      out.writeBytes(content);
      return;
    }
    out.writeByte(quote);
    for (byte next : content) {
      if (next == quote || next == escape) {
        out.writeByte(escape);
      }
      out.writeByte(next);
    }
    out.writeByte(quote);
  }

  private boolean needsQuotes(byte[] content) {
    if (Arrays.equals(content, nullText)
        || (quotedAlways.length == 1 && Arrays.equals(content, END_MARK))) {
      return true;
    }
    for (byte next : content) {
      if (next == delimiter || next == quote || next == LINE_FEED || next == CARRIAGE_RETURN) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void writeNull(ByteBuf out) {
    out.writeBytes(nullText);
  }
}
