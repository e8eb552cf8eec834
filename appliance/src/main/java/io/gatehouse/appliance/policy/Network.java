package io.gatehouse.appliance.policy;

import java.net.InetAddress;

/** A range of addresses, {@code 10.0.0.0/8}. Nothing here ever asks a name server. */
record Network(InetAddress base, int bits) {

  /** Reads it; an address alone is a range of one. */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = base.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("a range of " + most + " bits at most");
    }
    Network network = new Network(base, bits);
    if (!network.bare()) {
      throw new IllegalArgumentException("an address with bits behind its range");
    }
    return network;
  }

  private boolean bare() {
    byte[] bytes = base.getAddress();
    for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
      if ((bytes[bit / Byte.SIZE] & mask(bit)) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask(bit)) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int mask(int bit) {
    return 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
  }

  /** How an address is written for conditions: without the name of an interface. */
  static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
