package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.http.Exchange;
import io.gatehouse.mcp.http.Outflow;
import io.gatehouse.mcp.sse.EventWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an exchange as its conversation has it, whose event loop may be another.
 * Called on the conversation's; what is done with the exchange is done on the exchange's, in order.
 */
final class Client {
  private static final Headers EVENTS = Headers.of("content-type", "text/event-stream");

  private final Exchange exchange;
  private final EventLoop home;
  private boolean begun;
  private boolean ended;
  private boolean full;
  private Runnable room = () -> {};

  /** On the exchange's loop. */
  private @Nullable Outflow outflow;

  Client(Exchange exchange, EventLoop home) {
    this.exchange = exchange;
    this.home = home;
  }

  private static void on(EventLoop loop, Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
    } else {
      loop.execute(action);
    }
  }

  private void there(Runnable action) {
    on(exchange.loop(), action);
  }

  /** What to do when it goes before its answer is whole; later, also where it has gone already. */
  void onGone(Runnable action) {
    there(() -> exchange.onGone(() -> home.execute(action)));
  }

  /** What to do when it takes more again. */
  void onRoom(Runnable action) {
    room = action;
  }

  boolean full() {
    return full;
  }

  boolean ended() {
    return ended;
  }

  void answer(int status, Headers headers, byte[] body) {
    answer(status, headers, body, () -> {});
  }

  /**
   * @param sent run once, on any thread, when all of it has gone out or nothing more of it does
   */
  void answer(int status, Headers headers, byte[] body, Runnable sent) {
    if (ended || begun) {
      sent.run();
    } else {
      ended = true;
      there(() -> exchange.answer(status, headers, Unpooled.wrappedBuffer(body), sent));
    }
  }

  /** Begins a stream of events. */
  void begin(Headers more) {
    begun = true;
    there(
        () -> {
          Outflow stream = exchange.stream(200, EVENTS.and(more));
          stream.onWritable(() -> on(home, () -> hasRoom(true)));
          outflow = stream;
        });
  }

  boolean begun() {
    return begun;
  }

  /**
   * An event of the gate's own.
   *
   * @param sent run once, on any thread, when it has gone out or does not any more
   */
  void event(OptionalLong retry, Optional<String> id, byte[] data, Runnable sent) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer(data.length + 64);
    retry.ifPresent(millis -> EventWriter.retry(out, millis));
    EventWriter.event(out, "message", id, data);
    write(out, sent);
  }

  /** When to come again. */
  void retry(long millis) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
    EventWriter.retry(out, millis);
    write(out, () -> {});
  }

  void keepAlive() {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
    EventWriter.keepAlive(out);
    write(out, () -> {});
  }

  /** Takes the part over. */
  private void write(ByteBuf part, Runnable sent) {
    if (ended) {
      part.release();
      sent.run();
      return;
    }
    there(
        () -> {
          Outflow stream = outflow;
          if (stream == null) {
            part.release();
            sent.run();
            return;
          }
          stream.write(part, sent);
          if (!stream.isWritable()) {
            on(home, () -> hasRoom(false));
          }
        });
  }

  private void hasRoom(boolean now) {
    full = !now;
    room.run();
  }

  void end() {
    finish(Outflow::end);
  }

  /** It is to see that something is missing. */
  void abort() {
    finish(Outflow::abort);
  }

  private void finish(Consumer<Outflow> last) {
    if (ended || !begun) {
      return;
    }
    ended = true;
    there(
        () -> {
          if (outflow != null) {
            last.accept(outflow);
          }
        });
  }
}
