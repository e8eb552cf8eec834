package io.gatehouse.spi.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback for a server that has to be told one before it binds it. It is below those
 * that systems lend to connections (from 32768 on Linux, from 49152 elsewhere): else one of the
 * many that tests make could be lent it first. Which one is chance, so that builds that run at the
 * same time do not meet.
 */
public final class FreePort {
  private static final int FIRST = 10_000;
  private static final int BEHIND_LAST = 32_000;
  private static final int TRIES = 1_000;

  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Never the same twice. */
  public static int take() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
      if (free(port) && TAKEN.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port of loopback is free");
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
