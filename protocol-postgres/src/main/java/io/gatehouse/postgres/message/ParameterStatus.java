package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.netty.buffer.ByteBuf;

/** A setting that clients are told of; may come at any time. */
public record ParameterStatus(String name, String value) implements BackendMessage {

  public ParameterStatus {
    Bodies.checkTerminated(name);
    Bodies.checkTerminated(value);
  }

  static ParameterStatus decode(ByteBuf body) {
    ParameterStatus message =
        new ParameterStatus(Fields.lenientString(body), Fields.lenientString(body));
    Bodies.end(body);
    return message;
  }

  @Override
  public byte type() {
    return BackendType.PARAMETER_STATUS;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    Fields.writeString(out, name);
    Fields.writeString(out, value);
  }
}
