package io.gatehouse.appliance.testing;

import io.gatehouse.spi.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A loopback port that passes bytes on to another one, so that a server can be out of reach for a
 * while and nobody has to wait until it has started again. Each direction of a connection has a
 * thread of its own; who opens and closes may be any other.
 */
public final class Relay implements AutoCloseable {
  private final int port;
  private final int server;
  private final Set<Socket> sockets = new HashSet<>();
  private ServerSocket listener;

  /** A socket that a virtual thread waits at is closed only when that thread has noticed. */
  private @Nullable Thread accepting;

  private Relay(ServerSocket listener, int server) {
    this.listener = listener;
    this.server = server;
    port = listener.getLocalPort();
  }

  /** On a port of its own, before somebody listens on the server's. */
  public static Relay before(int server) throws IOException {
    Relay relay = new Relay(listening(FreePort.take()), server);
    relay.serve();
    return relay;
  }

  private static ServerSocket listening(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true); // what it closed is still known to the system
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    return socket;
  }

  public int port() {
    return port;
  }

  /** When this returns nobody listens, and no connection is left. */
  @Override
  public synchronized void close() {
    try {
      listener.close();
      if (accepting != null) {
        accepting.join();
      }
      for (Socket socket : sockets) {
        socket.close();
      }
      sockets.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("a connection cannot be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Listens again where it did. */
  public synchronized void open() throws IOException {
    if (listener.isClosed()) {
      listener = listening(port);
      serve();
    }
  }

  private void serve() {
    ServerSocket open = listener;
    accepting = Thread.startVirtualThread(() -> serve(open));
  }

  private void serve(ServerSocket open) {
    while (true) {
      try {
        Socket client = open.accept();
        Thread.startVirtualThread(() -> connect(open, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(ServerSocket open, Socket client) {
    Socket upstream = new Socket();
    try (client;
        upstream) {
      upstream.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server));
      if (keep(open, client, upstream)) {
        Thread back = Thread.startVirtualThread(() -> pass(upstream, client));
        pass(client, upstream);
        back.join();
      }
    } catch (IOException gone) {
      // The server is not there: the client sees a connection that ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forget(client, upstream);
    }
  }

  private synchronized boolean keep(ServerSocket open, Socket client, Socket upstream) {
    if (open.isClosed()) {
      return false;
    }
    sockets.add(client);
    sockets.add(upstream);
    return true;
  }

  private synchronized void forget(Socket client, Socket upstream) {
    sockets.remove(client);
    sockets.remove(upstream);
  }

  /** What has ended one way goes on the other way. */
  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      closeBoth(from, to);
    }
  }

  private static void closeBoth(Socket one, Socket other) {
    try (one;
        other) {
      one.setSoLinger(true, 0);
    } catch (IOException gone) {
      // Closed already.
    }
  }
}
