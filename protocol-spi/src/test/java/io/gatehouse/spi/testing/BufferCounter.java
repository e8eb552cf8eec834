package io.gatehouse.spi.testing;

import io.netty.util.LeakPresenceDetector;

/**
 * Counts every buffer, and every other resource that Netty tracks, from allocation to release.
 * Unlike Netty's usual detector it samples nothing and waits for no garbage collection. Heap
 * buffers made by {@code Unpooled} are not counted; a buffer in a static field is a leak unless it
 * is one of those or is made inside {@link LeakPresenceDetector#staticInitializer}.
 */
public final class BufferCounter<T> extends LeakPresenceDetector<T> {
  static final ResourceScope OPEN = new ResourceScope("tests");

  /** Called by Netty, by reflection. */
  public BufferCounter(Class<?> resourceType, int samplingInterval) {
    super(resourceType);
  }

  /** Called by Netty, by reflection. */
  public BufferCounter(Class<?> resourceType, int samplingInterval, long maxActive) {
    super(resourceType);
  }

  @Override
  protected ResourceScope currentScope() {
    return OPEN;
  }
}
