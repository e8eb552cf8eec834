package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * inet, cidr: an address and how many of its bits are the network's; in binary
 *
 * <pre>
 *   byte family | byte bits | byte whether cidr | byte length | address
 * </pre>
 *
 * <p>(network_send in network.c). Only the form that the server writes is read.
 */
final class InetCodec extends TypeCodec {
  // inet.h: PGSQL_AF_INET is AF_INET of the first system, and the other one more
  private static final int IPV4 = 2;
  private static final int IPV6 = 3;

  private final boolean cidr;

  InetCodec(int oid, String name) {
    super(oid, name);
    this.cidr = oid == TypeOid.CIDR;
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 64);
    return text == null || read(text) == null ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() < 4) {
      return null;
    }
    int family = field.readByte();
    int bits = field.readUnsignedByte();
    boolean isCidr = field.readByte() == 1;
    int length = field.readUnsignedByte();
    if (length != (family == IPV4 ? 4 : 16)
        || (family != IPV4 && family != IPV6)
        || isCidr != cidr
        || bits > 8 * length
        || field.readableBytes() != length) {
      return null;
    }
    byte[] address = new byte[length];
    field.readBytes(address);
    return cidr && !noHostBits(address, bits) ? null : new Value.Text(text(address, bits));
  }

  private String text(byte[] address, int bits) {
    String text = AddressText.format(address);
    return cidr || bits < 8 * address.length ? text + "/" + bits : text;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text
        && read(text.value()) != null
        && writeAscii(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Network network = value instanceof Value.Text text ? read(text.value()) : null;
    if (network == null) {
      return false;
    }
    out.writeByte(network.address().length == 4 ? IPV4 : IPV6);
    out.writeByte(network.bits());
    out.writeByte(cidr ? 1 : 0);
    out.writeByte(network.address().length);
    out.writeBytes(network.address());
    return true;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Network(byte[] address, int bits) {}

  /** Null if the server would not write it so. */
  private @Nullable Network read(String text) {
    int slash = text.indexOf('/');
    byte[] address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bits = slash < 0 ? 8 * address.length : bits(text.substring(slash + 1));
    boolean fits = bits >= 0 && bits <= 8 * address.length && text.equals(text(address, bits));
    return fits && (!cidr || noHostBits(address, bits)) ? new Network(address, bits) : null;
  }

  private static int bits(String digits) {
    boolean number = digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && !digits.isEmpty() ? Integer.parseInt(digits) : -1;
  }

  private static boolean noHostBits(byte[] address, int bits) {
    for (int i = bits; i < 8 * address.length; i++) {
      if ((address[i / 8] >> (7 - i % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }
}
