package io.gatehouse.postgres.testing;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.spi.testing.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that behaves as a test wants it to; every connection has a thread. */
public final class FakeServer implements AutoCloseable {

  /** What to do with one connection. */
  public interface Script {
    void talk(Peer peer) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final Thread accepting;

  /** What scripts noted, in order. */
  public final List<String> notes = new CopyOnWriteArrayList<>();

  public FakeServer(Script script) {
    this.script = script;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      notes.add("closed");
    }
  }

  private void serve(Socket socket) {
    try (Peer peer = new Peer(socket)) {
      script.talk(peer);
    } catch (IOException left) {
      notes.add("left");
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      // A socket that a virtual thread waits at is closed only when that thread has noticed.
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The other end of a connection. Used by one thread in each direction. */
  public static final class Peer implements AutoCloseable {
    private Socket socket;
    private DataInputStream in;
    private OutputStream out;

    public Peer(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** A start-up packet, without its length. */
    public byte[] packet() throws IOException {
      byte[] packet = new byte[in.readInt() - Integer.BYTES];
      in.readFully(packet);
      return packet;
    }

    /** A typed message, with type and length. */
    public byte[] message() throws IOException {
      byte type = in.readByte();
      int length = in.readInt();
      byte[] message = new byte[length + 1];
      message[0] = type;
      for (int i = 0; i < Integer.BYTES; i++) {
        message[i + 1] = (byte) (length >>> (24 - 8 * i));
      }
      in.readFully(message, 5, length - Integer.BYTES);
      return message;
    }

    public byte read() throws IOException {
      return in.readByte();
    }

    public void send(BackendMessage... messages) throws IOException {
      for (BackendMessage message : messages) {
        write(Wire.written(message::encode));
      }
    }

    public void write(byte... bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Goes on inside TLS, as the server or as the client. */
    public void startTls(SSLContext context, boolean server) throws IOException {
      SSLSocket secured =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
      secured.setUseClientMode(!server);
      secured.startHandshake();
      socket = secured;
      in = new DataInputStream(secured.getInputStream());
      out = secured.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
