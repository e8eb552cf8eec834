package io.gatehouse.mysql.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Stands between one client and a server, and keeps what each said in turn. Thread-safe. */
public final class Recorder implements AutoCloseable {

  /**
   * What one of them said before the other said anything.
   *
   * @param ofServer which of them
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Turn(boolean ofServer, byte[] bytes) {}

  private final ServerSocket listening;
  private final int server;
  private final List<Turn> turns = new ArrayList<>();
  private final ByteArrayOutputStream last = new ByteArrayOutputStream();
  private boolean lastOfServer = true;

  /** To a server on loopback. */
  public Recorder(int server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** What was said so far, where nobody is about to say anything; it is forgotten. */
  public synchronized List<Turn> take() {
    turnTo(!lastOfServer);
    List<Turn> taken = List.copyOf(turns);
    turns.clear();
    return taken;
  }

  private void serve() {
    try (Socket client = listening.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().start(() -> copy(upstream, client, true));
      copy(client, upstream, false);
      upstream.shutdownOutput();
      back.join();
    } catch (IOException ended) {
      // Either side may close at any time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Socket from, Socket to, boolean ofServer) {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[1 << 16];
      int read = in.read(buffer);
      while (read >= 0) {
        // On record before the other side can answer.
        said(ofServer, buffer, read);
        to.getOutputStream().write(buffer, 0, read);
        read = in.read(buffer);
      }
    } catch (IOException ended) {
      // As above.
    }
  }

  private synchronized void said(boolean ofServer, byte[] bytes, int length) {
    turnTo(ofServer);
    last.write(bytes, 0, length);
  }

  private void turnTo(boolean ofServer) {
    if (lastOfServer != ofServer && last.size() > 0) {
      turns.add(new Turn(lastOfServer, last.toByteArray()));
      last.reset();
    }
    lastOfServer = ofServer;
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
