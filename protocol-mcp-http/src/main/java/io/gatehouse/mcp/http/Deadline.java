package io.gatehouse.mcp.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One point in time that is waited for, or none. On an event loop. */
final class Deadline {
  private @Nullable ScheduledFuture<?> pending;

  void in(long seconds, ChannelHandlerContext context, Runnable action) {
    none();
    pending = context.executor().schedule(action, seconds, TimeUnit.SECONDS);
  }

  void none() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  boolean waits() {
    return pending != null;
  }
}
