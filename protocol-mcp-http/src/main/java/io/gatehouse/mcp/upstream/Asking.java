package io.gatehouse.mcp.upstream;

import io.gatehouse.spi.net.Dialer;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks servers over HTTP/1.1. No redirect is followed. Thread-safe; each question belongs to the
 * loop it is given.
 */
public final class Asking {
  private final Dialer dialer;
  private final Limits limits;
  private final Meters meters;
  private final Map<EventLoop, Pool> pools = new ConcurrentHashMap<>();

  public Asking(Transport transport, Limits limits, Meters meters) {
    dialer = new Dialer(transport);
    this.limits = limits;
    this.meters = meters;
  }

  /** On the loop. The question's body is taken over. The ear hears nothing before this returns. */
  public Handle ask(EventLoop loop, Question question, Ear ear) {
    Pool pool = pools.computeIfAbsent(loop, on -> new Pool(on, dialer, limits, meters));
    Talk talk = new Talk(question, ear);
    pool.ask(talk);
    return talk;
  }

  /** Connections that are open on that loop, used and kept. On the loop. */
  int open(EventLoop loop) {
    Pool pool = pools.get(loop);
    return pool == null ? 0 : pool.open();
  }
}
