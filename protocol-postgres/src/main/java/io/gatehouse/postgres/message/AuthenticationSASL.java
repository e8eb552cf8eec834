package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for a SASL exchange.
 *
 * @param mechanisms in the server's order of preference
 */
public record AuthenticationSASL(List<String> mechanisms) implements Authentication {
  static final int CODE = 10;

  public AuthenticationSASL {
    mechanisms = List.copyOf(mechanisms);
    for (String mechanism : mechanisms) {
      // an empty name is how the list ends
      if (Bodies.checkTerminated(mechanism).isEmpty()) {
        throw new ProtocolException("a SASL mechanism without a name");
      }
    }
  }

  static AuthenticationSASL decode(ByteBuf body) {
    List<String> mechanisms = new ArrayList<>();
    String name = Fields.lenientString(body);
    while (!name.isEmpty()) {
      mechanisms.add(name);
      name = Fields.lenientString(body);
    }
    Bodies.end(body);
    return new AuthenticationSASL(mechanisms);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(CODE);
    for (String mechanism : mechanisms) {
      Fields.writeString(out, mechanism);
    }
    out.writeByte(0);
  }
}
