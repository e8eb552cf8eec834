package io.gatehouse.appliance.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What a verdict is found by. A session looks up with one instance that it fills anew each time;
 * what is kept is a copy.
 */
public final class Digest {
  private long low;
  private long high;

  public Digest set(KeyedHash hash) {
    low = hash.low();
    high = hash.high();
    return this;
  }

  public Digest copy() {
    Digest copy = new Digest();
    copy.low = low;
    copy.high = high;
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest that && low == that.low && high == that.high;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }

  @Override
  public String toString() {
    return "Digest[%016x%016x]".formatted(high, low);
  }
}
