package io.gatehouse.postgres.value;

import io.gatehouse.spi.CopyFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text: a backslash takes the meaning from what follows (CopyAttributeOutText in copyto.c). */
final class CopyTextForm implements CopyLineForm {
  private static final byte LINE_FEED = '\n';
  private static final byte BACKSLASH = '\\';

  /** What stands behind a backslash for a control character, and these. */
  private static final String LETTERS = "bfnrtv";

  private static final String CONTROLS = "\b\f\n\r\t\u000b";

  private final byte delimiter;
  private final byte[] nullText;
  private final boolean[] nullCertain;

  /** The next byte is just that. */
  private boolean escaped;

  /**
   * @param types the columns' OIDs
   */
  CopyTextForm(CopyFormat format, int[] types) {
    this.delimiter = format.delimiter();
    this.nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
    this.nullCertain = new boolean[types.length];
    byte[] meant = written(nullText);
    for (int i = 0; i < types.length; i++) {
      nullCertain[i] = meant == null || NullTexts.never(meant, types[i]);
    }
  }

  /** The value of which the server would write this; null if there is none. */
  private byte @Nullable [] written(byte[] field) {
    try {
      byte[] meant = unescaped(Unpooled.wrappedBuffer(field));
      ByteBuf again = Unpooled.buffer();
      write(meant, 0, again);
      return Arrays.equals(ByteBufUtil.getBytes(again), field) ? meant : null;
    } catch (CopyRewriter.Unreadable impossible) {
      return null;
    }
  }

  @Override
  public boolean ends(byte next) {
    if (escaped) {
      escaped = false;
      return false;
    }
    if (next == BACKSLASH) {
      escaped = true;
      return false;
    }
    return next == delimiter || next == LINE_FEED;
  }

  /**
   * A value that has the text of NULL is written like NULL. Where there can be one, both are taken
   * for it: which of the two a row has would tell whether it has that value, which is the caller's
   * to choose.
   */
  @Override
  public byte @Nullable [] read(HeldField field, int column) {
    ByteBuf content = field.view();
    if (nullCertain[column] && content.equals(Unpooled.wrappedBuffer(nullText))) {
      return null;
    }
    return unescaped(content);
  }

  private byte[] unescaped(ByteBuf field) {
    byte[] plain = new byte[field.readableBytes()];
    int size = 0;
    while (field.isReadable()) {
      byte next = field.readByte();
      plain[size++] = next == BACKSLASH ? behindBackslash(field) : next;
    }
    return Arrays.copyOf(plain, size);
  }

  private byte behindBackslash(ByteBuf field) {
    byte next = field.isReadable() ? field.readByte() : 0;
    int letter = LETTERS.indexOf(next);
    if (letter >= 0) {
      return (byte) CONTROLS.charAt(letter);
    }
    // The server writes no numbers of bytes, which digits and x would begin.
    if (next != delimiter && next != BACKSLASH) {
      throw new CopyRewriter.Unreadable("a backslash in COPY data that means nothing");
    }
    return next;
  }

  @Override
  public void write(byte[] content, int column, ByteBuf out) {
    for (byte next : content) {
      int control = CONTROLS.indexOf(next);
      if (control >= 0) {
        out.writeByte(BACKSLASH).writeByte(LETTERS.charAt(control));
      } else {
        if (next == BACKSLASH || next == delimiter) {
          out.writeByte(BACKSLASH);
        }
        out.writeByte(next);
      }
    }
  }

  @Override
  public void writeNull(ByteBuf out) {
    out.writeBytes(nullText);
  }
}
