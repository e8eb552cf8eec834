package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** In place of CommandComplete where the query was empty. */
public record EmptyQueryResponse() implements BackendMessage {

  public static final EmptyQueryResponse INSTANCE = new EmptyQueryResponse();

  static EmptyQueryResponse decode(ByteBuf body) {
    Bodies.end(body);
    return INSTANCE;
  }

  @Override
  public byte type() {
    return BackendType.EMPTY_QUERY_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out) {}
}
