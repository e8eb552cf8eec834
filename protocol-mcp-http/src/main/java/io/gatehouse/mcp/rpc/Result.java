package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonValue;

/**
 * The answer to a request.
 *
 * @param result an object
 */
public record Result(JsonValue whole, RequestId id, JsonValue result) implements Message.Single {}
