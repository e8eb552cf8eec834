package io.gatehouse.appliance.identity.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/** Where a connection comes from, as far as whoever is there cannot choose it freely. */
final class Source {
  /** Whoever has an IPv6 address has all of its network of /64 (RFC 6177, section 2). */
  private static final int NETWORK_BYTES = 8;

  private static final byte[] LOCAL = {0};

  private Source() {}

  static byte[] of(SocketAddress address) {
    InetAddress internet = address instanceof InetSocketAddress socket ? socket.getAddress() : null;
    if (internet == null) {
      return LOCAL.clone();
    }
    return internet instanceof Inet6Address
        ? Arrays.copyOf(internet.getAddress(), NETWORK_BYTES)
        : internet.getAddress();
  }
}
