package io.gatehouse.mysql.message;

import java.util.StringJoiner;

/**
 * A set of {@link Capability}, unknown ones included.
 *
 * @param bits the lower half as MySQL has it, the upper one as MariaDB's extension
 */
public record Capabilities(long bits) {

  public static final Capabilities NONE = new Capabilities(0);

  private static final long LOWER = 0xFFFF_FFFFL;

  public static Capabilities of(Capability... some) {
    return NONE.with(some);
  }

  public boolean has(Capability capability) {
    return (bits & capability.mask()) != 0;
  }

  public Capabilities with(Capability... some) {
    long all = bits;
    for (Capability capability : some) {
      all |= capability.mask();
    }
    return new Capabilities(all);
  }

  public Capabilities without(Capability... some) {
    long rest = bits;
    for (Capability capability : some) {
      rest &= ~capability.mask();
    }
    return new Capabilities(rest);
  }

  /** What both sides can do is what is spoken. */
  public Capabilities and(Capabilities other) {
    return new Capabilities(bits & other.bits);
  }

  static Capabilities of(int mysql, int mariadb) {
    return new Capabilities((mysql & LOWER) | ((mariadb & LOWER) << Integer.SIZE));
  }

  int mysql() {
    return (int) bits;
  }

  /** Only they who do not say that they are MySQL have these. */
  int mariadb() {
    return (int) (bits >>> Integer.SIZE);
  }

  @Override
  public String toString() {
    StringJoiner names = new StringJoiner("|", "[", "]");
    long unknown = bits;
    for (Capability capability : Capability.values()) {
      if (has(capability)) {
        names.add(capability.name());
        unknown &= ~capability.mask();
      }
    }
    if (unknown != 0) {
      names.add("0x" + Long.toHexString(unknown));
    }
    return names.toString();
  }
}
