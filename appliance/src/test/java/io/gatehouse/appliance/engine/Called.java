package io.gatehouse.appliance.engine;

import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Content;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call as a protocol hands it over. */
record Called(Kind kind, String server, String name, JsonText message) implements CommandForm.Call {

  static Called tool(String name, String arguments) {
    return new Called(
        Kind.TOOL,
        "crm",
        name,
        json(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + name
                + "\",\"arguments\":"
                + arguments
                + "}}"));
  }

  static Called of(Kind kind, String name) {
    return new Called(kind, "crm", name, json("{}"));
  }

  @Override
  public @Nullable JsonValue arguments() {
    return message.root().find("params").flatMap(params -> params.find("arguments")).orElse(null);
  }

  /** A message that comes back: its result, its error or its params. */
  static Content content(String message) {
    JsonText text = json(message);
    JsonValue value =
        List.of("result", "error", "params").stream()
            .map(text.root()::find)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
    return new Content(text, value, List.of());
  }

  static JsonText json(String text) {
    try {
      return JsonText.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULTS);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Of a protocol without transactions. */
  static final SessionView VIEW =
      new SessionView() {
        @Override
        public Transaction transaction() {
          return Transaction.NONE;
        }

        @Override
        public boolean midBatch() {
          return false;
        }

        @Override
        public long batches() {
          return 0;
        }

        @Override
        public boolean portalBound(String name) {
          return false;
        }

        @Override
        public @Nullable String setting(String name) {
          return null;
        }
      };

  static final Reply NO_REPLY =
      new Reply() {
        @Override
        public void answer(long number, Decision decision) {
          throw new AssertionError("calls are answered at once");
        }

        @Override
        public void again(long number) {
          throw new AssertionError("calls are answered at once");
        }

        @Override
        public void progress(long number, String message) {
          throw new AssertionError("calls are answered at once");
        }
      };
}
