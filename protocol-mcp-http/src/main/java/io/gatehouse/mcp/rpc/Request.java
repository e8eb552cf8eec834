package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonValue;
import java.util.Optional;

/**
 * Something to be done and answered.
 *
 * @param params an object
 */
public record Request(JsonValue whole, RequestId id, String method, Optional<JsonValue> params)
    implements Message.Single {}
