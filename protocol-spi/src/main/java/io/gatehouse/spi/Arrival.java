package io.gatehouse.spi;

import java.net.SocketAddress;

/**
 * A connection that a listener accepted.
 *
 * @param sessionId unique in this process, used in logs, metrics and the journal
 * @param listener the listener's name in the configuration
 * @param source the peer's address
 */
public record Arrival(long sessionId, String listener, SocketAddress source) {}
