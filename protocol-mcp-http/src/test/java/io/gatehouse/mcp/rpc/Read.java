package io.gatehouse.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.spi.json.JsonLimits;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Texts read in tests, single quotes standing for double ones. */
final class Read {
  static final MessageReader READER = new MessageReader(JsonLimits.DEFAULTS, 3);

  private Read() {}

  static Message message(String text) throws RefusedMessageException {
    return READER.read(text.replace('\'', '"').getBytes(UTF_8), true);
  }

  static Request request(String method, String params) throws RefusedMessageException {
    String text = "{'jsonrpc':'2.0','id':1,'method':'" + method + "'";
    return (Request) message(text + (params.isEmpty() ? "}" : ",'params':" + params + "}"));
  }

  static RefusedMessageException refused(ThrowingCallable reading) {
    RefusedMessageException refused = catchThrowableOfType(RefusedMessageException.class, reading);
    if (refused == null) {
      throw new AssertionError("it was not refused");
    }
    return refused;
  }
}
