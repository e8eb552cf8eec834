package io.gatehouse.spi.entrance;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limit;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client that has come in and is not logged in. It has {@link Limit#LOGIN_SECONDS} for that, and
 * may have to go earlier if there are too many like it. On its event loop.
 */
public final class Newcomer {
  private final Door<?, ?> door;
  private final Channel client;
  private final ScheduledFuture<?> deadline;
  private boolean over;

  /** It comes in, and the time runs. */
  public Newcomer(Door<?, ?> door, Channel client) {
    this.door = door;
    this.client = client;
    door.meters().accepted(door.name());
    door.unfinished().arrived(client);
    deadline =
        client
            .eventLoop()
            .schedule(this::late, door.limits().of(Limit.LOGIN_SECONDS), TimeUnit.SECONDS);
  }

  private void late() {
    door.meters().limitReached(Limit.LOGIN_SECONDS);
    Login<?, ?> login = client.pipeline().get(Login.class);
    if (login != null) {
      login.timedOut();
    } else {
      dismiss(CloseReason.LOGIN_TIMED_OUT);
    }
  }

  /** What comes from the client belongs to TLS from now on. */
  public void secure(SslContext identity) {
    SslHandler handler = identity.newHandler(client.alloc());
    handler.setHandshakeTimeout(door.limits().of(Limit.LOGIN_SECONDS), TimeUnit.SECONDS);
    client.pipeline().addFirst(handler);
  }

  /** Whether it is logged in, or has left. */
  public boolean over() {
    return over;
  }

  /** It leaves without having logged in; the first reason counts. */
  public void leaves(CloseReason reason) {
    if (!over) {
      finish();
      door.meters().closed(door.name(), reason);
    }
  }

  /** The same, without a word. */
  public void dismiss(CloseReason reason) {
    leaves(reason);
    client.close();
  }

  /** It is logged in. */
  void admitted() {
    finish();
  }

  private void finish() {
    over = true;
    deadline.cancel(false);
    door.unfinished().finished(client);
  }

  Door<?, ?> door() {
    return door;
  }
}
