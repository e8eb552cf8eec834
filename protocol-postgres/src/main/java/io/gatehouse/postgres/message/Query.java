package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** The simple protocol's one message; may hold several statements. */
public record Query(String query) implements FrontendMessage {

  public Query {
    Bodies.checkTerminated(query);
  }

  static Query decode(ByteBuf body) {
    Query message = new Query(Fields.string(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return FrontendType.QUERY;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, query);
  }
}
