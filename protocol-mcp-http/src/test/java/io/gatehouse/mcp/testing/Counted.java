package io.gatehouse.mcp.testing;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Meters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Meters that remember. */
public final class Counted implements Meters {
  public final List<Limit> reached = new CopyOnWriteArrayList<>();
  public final List<CloseReason> closed = new CopyOnWriteArrayList<>();

  @Override
  public void accepted(String listener) {}

  @Override
  public void loggedIn(String listener) {}

  @Override
  public void closed(String listener, CloseReason reason) {
    closed.add(reason);
  }

  @Override
  public void limitReached(Limit limit) {
    reached.add(limit);
  }

  @Override
  public void clientToServer(long bytes) {}

  @Override
  public void serverToClient(long bytes) {}

  @Override
  public void cancelDelivered() {}

  @Override
  public void cancelUnknown() {}
}
