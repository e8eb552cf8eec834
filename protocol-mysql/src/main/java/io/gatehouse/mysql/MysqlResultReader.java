package io.gatehouse.mysql;

import io.gatehouse.mysql.RecordedRows.Form;
import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ColumnCount;
import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.EofPacket;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.OkHead;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.spi.ResultReader;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the packets of a server's answers, one behind the other: what each is follows from where it
 * stands ("Text Resultset", "Binary Protocol Resultset"), and from nothing that was agreed on at
 * the login, which is not on record. Not thread-safe.
 */
final class MysqlResultReader implements ResultReader {
  /** A longer payload is left out. */
  private static final int MOST_PAYLOAD = 16 << 20;

  /** An OK that ends rows is shorter, and a row that begins with the same byte is far longer. */
  private static final int MOST_END = PacketReader.FULL_BYTES;

  /** Where in an answer the next payload stands. */
  private enum State {
    FIRST,
    DEFINITIONS,
    /** The first payload behind the definitions may be their end. */
    BEHIND_DEFINITIONS,
    ROWS
  }

  private final Sink sink;
  private final byte[] head = new byte[PacketReader.HEADER_BYTES];
  private int headBytes;
  private byte[] payload = new byte[0];
  private int payloadBytes;

  /** Of the packet that is being read. */
  private int left;

  private boolean continued;

  /** Of the payload that is being read, if it is too long. */
  private long skipped;

  private State state = State.FIRST;
  private int announced;
  private List<ColumnDefinition41> columns = List.of();
  private RecordedRows rows = new RecordedRows(List.of());
  private Form form = Form.UNKNOWN;
  private boolean lost;

  MysqlResultReader(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void take(byte[] part) {
    int at = 0;
    while (at < part.length && !lost) {
      if (headBytes < head.length) {
        head[headBytes++] = part[at++];
        if (headBytes == head.length) {
          left = (head[0] & 0xFF) | (head[1] & 0xFF) << 8 | (head[2] & 0xFF) << 16;
          continued = left == PacketReader.FULL_BYTES;
        }
      } else {
        at += more(part, at);
      }
      if (headBytes == head.length && left == 0) {
        headBytes = 0;
        if (!continued) {
          finish();
        }
      }
    }
  }

  /** Memory is taken for what is there, not for what is announced. */
  private int more(byte[] part, int at) {
    int count = Math.min(left, part.length - at);
    left -= count;
    if (skipped > 0 || payloadBytes + count > MOST_PAYLOAD) {
      skipped += count;
      return count;
    }
    int needed = payloadBytes + count;
    if (payload.length < needed) {
      payload =
          Arrays.copyOf(payload, Math.max(needed, Math.min(2 * payload.length, MOST_PAYLOAD)));
    }
    System.arraycopy(part, at, payload, payloadBytes, count);
    payloadBytes = needed;
    return count;
  }

  private void finish() {
    byte[] whole = Arrays.copyOf(payload, payloadBytes);
    long leftOut = skipped > 0 ? skipped + payloadBytes : 0;
    payloadBytes = 0;
    skipped = 0;
    try {
      if (leftOut == 0) {
        payload(whole);
      } else if (state == State.ROWS || state == State.BEHIND_DEFINITIONS) {
        state = State.ROWS;
        sink.unread("a row of " + leftOut + " bytes");
      } else {
        lose();
      }
    } catch (ProtocolException e) {
      lose();
    }
  }

  /** What follows cannot be told any more. */
  private void lose() {
    lost = true;
    sink.unread("what follows is not a server's answer");
  }

  private void payload(byte[] whole) {
    if (whole.length > 0 && (whole[0] & 0xFF) == ErrPacket.HEADER) {
      ErrPacket error = ErrPacket.decode(Unpooled.wrappedBuffer(whole));
      String code = error.sqlState() == null ? "" : " (" + error.sqlState() + ")";
      sink.said("ERROR", error.code() + code, error.message());
      state = State.FIRST;
      return;
    }
    switch (state) {
      case FIRST -> first(whole);
      case DEFINITIONS -> definition(whole);
      case BEHIND_DEFINITIONS -> {
        state = State.ROWS;
        boolean end = whole.length == EofPacket.BYTES && ends(whole);
        if (!end) {
          row(whole);
        }
      }
      case ROWS -> row(whole);
    }
  }

  private static boolean ends(byte[] whole) {
    return whole.length > 0 && (whole[0] & 0xFF) == EofPacket.HEADER && whole.length < MOST_END;
  }

  private void first(byte[] whole) {
    ByteBuf body = Unpooled.wrappedBuffer(whole);
    if (whole.length > 1 && whole[0] == OkPacket.OK) {
      sink.done(ok(body));
      return;
    }
    announced = ColumnCount.decode(body).columns();
    columns = new ArrayList<>();
    state = State.DEFINITIONS;
  }

  private void definition(byte[] whole) {
    columns.add(ColumnDefinition41.decode(Unpooled.wrappedBuffer(whole), Capabilities.NONE));
    if (columns.size() == announced) {
      rows = new RecordedRows(columns);
      sink.columns(columns.stream().map(ColumnDefinition41::name).toList());
      state = State.BEHIND_DEFINITIONS;
    }
  }

  private void row(byte[] whole) {
    if (ends(whole) && (whole.length == EofPacket.BYTES || OkHead.fits(whole))) {
      state = State.FIRST;
      sink.done("end of rows");
      return;
    }
    Form found = rows.form(whole, form);
    if (found == Form.UNKNOWN) {
      sink.unread("a row that is not well-formed, or of which it is not sure how to read it");
      return;
    }
    form = found;
    sink.row(rows.values(whole, found));
  }

  private static String ok(ByteBuf body) {
    OkHead ok = OkHead.decode(body);
    return "OK, rows affected: " + Long.toUnsignedString(ok.affectedRows());
  }

  @Override
  public void end() {
    if (!lost && (headBytes > 0 || payloadBytes > 0 || skipped > 0)) {
      sink.unread("the end of a packet is not there");
    }
  }
}
