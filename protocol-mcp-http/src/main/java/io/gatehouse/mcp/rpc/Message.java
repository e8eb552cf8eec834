package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonValue;

/** What stands in a body or in the data of an event. */
public sealed interface Message permits Message.Single, Batch {

  /** One message of JSON-RPC. */
  sealed interface Single extends Message permits Request, Notification, Result, Failure {}

  /** The message in its text, for its bytes and for changes to it. */
  JsonValue whole();
}
