package io.gatehouse.spi.net;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections that have not logged in. An honest login takes milliseconds, so when there are
 * too many the oldest has to go and everyone else is served. Thread-safe.
 */
public final class UnfinishedLogins {
  private final Set<Channel> waiting = new LinkedHashSet<>();
  private final int most;
  private final Meters meters;

  public UnfinishedLogins(Limits limits, Meters meters) {
    this.most = limits.intOf(Limit.UNFINISHED_LOGINS);
    this.meters = meters;
  }

  public void arrived(Channel channel) {
    Channel oldest = null;
    synchronized (waiting) {
      waiting.add(channel);
      if (waiting.size() > most) {
        Iterator<Channel> oldestFirst = waiting.iterator();
        oldest = oldestFirst.next();
        oldestFirst.remove();
      }
    }
    if (oldest != null) {
      meters.limitReached(Limit.UNFINISHED_LOGINS);
      oldest.close();
    }
  }

  public void finished(Channel channel) {
    synchronized (waiting) {
      waiting.remove(channel);
    }
  }

  /** For shutdown. */
  public void closeAll() {
    Set<Channel> all;
    synchronized (waiting) {
      all = Set.copyOf(waiting);
    }
    all.forEach(Channel::close);
  }
}
