package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonValue;
import java.util.Optional;

/**
 * The answer to a request that was not carried out.
 *
 * @param id none where the peer could not read it
 * @param code any whole number
 * @param message a string; the peer's, and as much protected as a result
 * @param data anything
 */
public record Failure(
    JsonValue whole, Optional<RequestId> id, int code, JsonValue message, Optional<JsonValue> data)
    implements Message.Single {}
