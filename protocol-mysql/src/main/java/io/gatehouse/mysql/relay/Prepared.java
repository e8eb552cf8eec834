package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement that the server has prepared, or is about to. Owned by the session's event loop. */
final class Prepared {

  /**
   * The rows of an execution, which are fetched.
   *
   * @param boundAfter the last submission before the execution
   * @param columns of the rows; empty if the gate did not look at them
   */
  record Cursor(BindView binds, long boundAfter, List<ColumnDefinition41> columns) {
    private static final long COLUMN_BYTES = 512;

    Cursor described(List<ColumnDefinition41> newColumns) {
      return new Cursor(binds, boundAfter, List.copyOf(newColumns));
    }

    long bytes() {
      return binds.bytes() + COLUMN_BYTES * columns.size();
    }
  }

  private static final int[] NO_TYPES = {};

  private final byte[] text;
  private final Map<String, String> read;
  private final CommandForm.Memo memo = new CommandForm.Memo();
  private int id;
  private int parameters;
  private int[] types = NO_TYPES;
  private boolean serverRemembers;
  private LongData longData = new LongData();
  private @Nullable Cursor cursor;
  private boolean redecide;

  /**
   * @param read by what the server reads the text, see {@link StatusView#ofTexts}
   */
  Prepared(byte[] text, Map<String, String> read) {
    this.text = text;
    this.read = read;
  }

  /** The server has taken it. */
  void made(int newId, int newParameters) {
    id = newId;
    parameters = newParameters;
  }

  int id() {
    return id;
  }

  /** Whether the text means the same now as when it was prepared. */
  boolean readBy(Map<String, String> now) {
    return read.equals(now);
  }

  LongData longData() {
    return longData;
  }

  @Nullable Cursor cursor() {
    return cursor;
  }

  void cursor(@Nullable Cursor newCursor) {
    cursor = newCursor;
  }

  /** Whether the gate wants to be asked again before it runs. */
  boolean redecide() {
    return redecide;
  }

  void redecided() {
    redecide = false;
  }

  void forgetDecision() {
    memo.set(null);
    redecide = true;
  }

  /** What the session keeps for it. */
  long bytes() {
    Cursor open = cursor;
    return text.length + longData.bytes() + (open == null ? 0 : open.bytes());
  }

  BindView binds(byte[] bound, boolean utf8) {
    return BindView.parse(bound, new BindView.Known(parameters, types, longData, utf8));
  }

  /** An execution with these values is done with, whatever came of it. */
  void bound(BindView binds) {
    types = binds.codes();
    longData = new LongData();
  }

  /** Forgets what came ahead. */
  void reset() {
    longData = new LongData();
  }

  /** Whether the server is sure to have the types of the execution before. */
  boolean serverRemembers() {
    return serverRemembers;
  }

  /** An execution that failed may have failed before the server had looked at its types. */
  void serverRemembers(boolean newRemembers) {
    serverRemembers = newRemembers;
  }

  SqlText asPrepared() {
    return form("", 0, Binds.NONE);
  }

  SqlText asExecuted(BindView binds) {
    return form("", 0, binds);
  }

  SqlText asFetched(Cursor open) {
    return form(Integer.toUnsignedString(id), open.boundAfter(), open.binds());
  }

  private SqlText form(String portal, long boundAfter, Binds binds) {
    return new SqlText(Unpooled.wrappedBuffer(text), portal, boundAfter, false, binds, memo);
  }
}
