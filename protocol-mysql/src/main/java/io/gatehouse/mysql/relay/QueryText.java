package io.gatehouse.mysql.relay;

import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.netty.buffer.ByteBuf;

/**
 * The text of a COM_QUERY as the engine sees it.
 *
 * @param text a copy of its own, which no buffer's end of life touches
 */
record QueryText(ByteBuf text, boolean mayHoldSeveral, CommandForm.Memo memo)
    implements CommandForm.Sql {

  @Override
  public String statementName() {
    return "";
  }

  @Override
  public String portalName() {
    return "";
  }

  @Override
  public long boundAfter() {
    return 0;
  }

  @Override
  public Binds binds() {
    return Binds.NONE;
  }
}
