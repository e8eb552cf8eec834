package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;

/** A setting that clients are told of; may come at any time. */
public record ParameterStatus(String name, String value) implements BackendMessage {

  public ParameterStatus {
    Fields.checkString(name);
    Fields.checkString(value);
  }

  static ParameterStatus decode(ByteBuf body) {
    ParameterStatus message =
        new ParameterStatus(Fields.lenientString(body), Fields.lenientString(body));
    Fields.end(body);
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
