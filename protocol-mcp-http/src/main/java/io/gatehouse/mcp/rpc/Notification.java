package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonValue;
import java.util.Optional;

/**
 * Something to be known, which nobody answers.
 *
 * @param params an object
 */
public record Notification(JsonValue whole, String method, Optional<JsonValue> params)
    implements Message.Single {}
