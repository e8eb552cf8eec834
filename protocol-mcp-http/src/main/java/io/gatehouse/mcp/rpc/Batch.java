package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonValue;
import java.util.List;

/** Several messages at once, as revision 2025-03-26 has them and no other. Never empty. */
public record Batch(JsonValue whole, List<Message.Single> messages) implements Message {
  public Batch {
    messages = List.copyOf(messages);
  }
}
