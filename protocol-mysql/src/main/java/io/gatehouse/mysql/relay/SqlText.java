package io.gatehouse.mysql.relay;

import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.netty.buffer.ByteBuf;

/**
 * A statement as the engine sees it. It never has a name: what the protocol prepares has a number,
 * and PREPARE, EXECUTE and DEALLOCATE of SQL reach none of these.
 *
 * @param text of bytes that no buffer's end of life touches
 * @param portalName the statement's number where its cursor is fetched from, else empty
 * @param boundAfter see {@link CommandForm.Sql#boundAfter}
 */
record SqlText(
    ByteBuf text,
    String portalName,
    long boundAfter,
    boolean mayHoldSeveral,
    Binds binds,
    CommandForm.Memo memo)
    implements CommandForm.Sql {

  /** Of a COM_QUERY, or of what SQL would say for another command. */
  static SqlText of(ByteBuf text, boolean mayHoldSeveral) {
    return new SqlText(text, "", 0, mayHoldSeveral, Binds.NONE, new CommandForm.Memo());
  }

  @Override
  public String statementName() {
    return "";
  }
}
