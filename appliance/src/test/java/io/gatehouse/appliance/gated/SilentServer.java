package io.gatehouse.appliance.gated;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server that does not report its search path, as PostgreSQL 17 and those before: a relay that
 * leaves the reports out. Each connection is served by two threads of its own.
 */
final class SilentServer implements AutoCloseable {
  private static final byte PARAMETER_STATUS = 'S';
  private static final byte[] SEARCH_PATH = "search_path\0".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final int server;

  private SilentServer(ServerSocket listener, int server) {
    this.listener = listener;
    this.server = server;
  }

  static SilentServer before(int server) throws IOException {
    SilentServer silent =
        new SilentServer(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), server);
    Thread.startVirtualThread(silent::serve);
    return silent;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket(InetAddress.ofLiteral("127.0.0.1"), server);
        Thread.startVirtualThread(() -> relay(client, upstream, false));
        Thread.startVirtualThread(() -> relay(upstream, client, true));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void relay(Socket from, Socket to, boolean silently) {
    try (from;
        to) {
      if (silently) {
        leaveReportsOut(from, to);
      } else {
        from.getInputStream().transferTo(to.getOutputStream());
      }
    } catch (IOException gone) {
      // One of both has closed, and so does the other.
    }
  }

  private static void leaveReportsOut(Socket from, Socket to) throws IOException {
    DataInputStream in = new DataInputStream(from.getInputStream());
    DataOutputStream out = new DataOutputStream(to.getOutputStream());
    while (true) {
      byte type = in.readByte();
      byte[] body = new byte[in.readInt() - Integer.BYTES];
      in.readFully(body);
      if (type == PARAMETER_STATUS && startsWith(body, SEARCH_PATH)) {
        continue;
      }
      out.writeByte(type);
      out.writeInt(body.length + Integer.BYTES);
      out.write(body);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || bytes[i] != start[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
