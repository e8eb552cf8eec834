package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where something listens.
 *
 * @param address an IP address; never a name, so that starting needs no name server
 * @param port 0 takes a free one
 */
public record BindConfig(InetAddress address, int port) {

  static BindConfig read(Section section, int defaultPort) {
    return new BindConfig(
        section.find("address", BindConfig::address).orElseGet(InetAddress::getLoopbackAddress),
        section.find("port", item -> (int) item.wholeNumber(0, 65_535)).orElse(defaultPort));
  }

  private static InetAddress address(Item item) {
    String literal = item.text();
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      item.problem(
          "must be an IP address such as 127.0.0.1, 0.0.0.0 or ::, found \"" + literal + '"');
      return InetAddress.getLoopbackAddress();
    }
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }

  /** Whether both cannot be had at once. */
  boolean clashes(BindConfig other) {
    return port != 0
        && port == other.port
        && (address.equals(other.address)
            || address.isAnyLocalAddress()
            || other.address.isAnyLocalAddress());
  }
}
