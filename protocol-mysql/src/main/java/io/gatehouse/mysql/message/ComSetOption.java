package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/**
 * Turns statements in one text on or off, whatever was agreed on at login.
 *
 * @param option {@link #MULTI_STATEMENTS_ON} or {@link #MULTI_STATEMENTS_OFF}; a server refuses
 *     others
 */
public record ComSetOption(int option) implements Command {
  public static final int MULTI_STATEMENTS_ON = 0;
  public static final int MULTI_STATEMENTS_OFF = 1;

  public ComSetOption {
    option &= 0xFFFF;
  }

  @Override
  public CommandType type() {
    return CommandType.COM_SET_OPTION;
  }

  static ComSetOption decodeBody(ByteBuf body) {
    ComSetOption message = new ComSetOption(Fields.int16(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public void encode(ByteBuf out, Capabilities spoken) {
    out.writeByte(type().code()).writeShortLE(option);
  }
}
