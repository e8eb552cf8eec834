package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.Capabilities;

/**
 * How a client was received.
 *
 * @param spoken what the client and the gate can do
 * @param connectionId the number in its greeting
 * @param collation what it wants its text to be taken for
 */
public record Greeted(Capabilities spoken, int connectionId, int collation) {}
