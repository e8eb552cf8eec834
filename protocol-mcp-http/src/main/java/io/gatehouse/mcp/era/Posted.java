package io.gatehouse.mcp.era;

import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.Revision;
import io.gatehouse.spi.json.JsonValue;
import java.util.Optional;

/**
 * A message of a client's, and the revision that it is of.
 *
 * @param clientInfo what the client says it is, where a request of the newer era does
 */
public record Posted(Revision revision, Message.Single message, Optional<JsonValue> clientInfo) {}
