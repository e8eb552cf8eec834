package io.gatehouse.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** How much memory this process takes while something huge passes. Used by one thread. */
public final class MemoryWatch {
  private static final long MEBIBYTE = 1 << 20;

  private final long directBefore = direct();
  private final long heapBefore = heap();
  private long directMost = directBefore;
  private long heapMost = heapBefore;

  /** Netty's pools, or what the JVM knows of, whichever is more. */
  private static long direct() {
    long jvm = 0;
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      jvm += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
    }
    return Math.max(jvm, PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
  }

  /** What is still reachable. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  public void lookAtDirect() {
    directMost = Math.max(directMost, direct());
  }

  /** Takes its time. */
  public void lookAtHeap() {
    heapMost = Math.max(heapMost, heap());
  }

  public void bounded() {
    assertThat(directMost - directBefore).as("direct memory").isLessThan(32 * MEBIBYTE);
    assertThat(heapMost - heapBefore).as("live heap").isLessThan(24 * MEBIBYTE);
  }

  @Override
  public String toString() {
    return "direct memory %,d before, %,d at most; live heap %,d before, %,d at most"
        .formatted(directBefore, directMost, heapBefore, heapMost);
  }
}
