package io.gatehouse.mcp.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that says what the test wants it to, byte by byte. */
public final class ScriptedServer implements AutoCloseable {

  /** What it says to one request; the connection ends if it fails or says so. */
  public interface Script {
    /** Whether the connection goes on. */
    boolean answer(String request, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Script script;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final AtomicInteger connections = new AtomicInteger();

  /** Connections that the other side ended. */
  public final AtomicInteger ended = new AtomicInteger();

  public ScriptedServer(@Nullable SSLContext tls, Script script) throws IOException {
    this.script = script;
    InetAddress address = InetAddress.getLoopbackAddress();
    socket =
        tls == null
            ? new ServerSocket(0, 50, address)
            : tls.getServerSocketFactory().createServerSocket(0, 50, address);
    Thread.startVirtualThread(this::accept);
  }

  /** The same bytes to all. */
  public static ScriptedServer saying(String bytes, boolean goesOn) throws IOException {
    return new ScriptedServer(
        null,
        (_, out) -> {
          out.write(bytes.getBytes(ISO_8859_1));
          return goesOn;
        });
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        connections.incrementAndGet();
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      boolean more = true;
      while (more) {
        String request = request(in);
        if (request.isEmpty()) {
          ended.incrementAndGet();
          return;
        }
        requests.add(request);
        more = script.answer(request, client.getOutputStream());
        client.getOutputStream().flush();
      }
    } catch (IOException gone) {
      ended.incrementAndGet();
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    String text = head.toString(ISO_8859_1);
    int at = text.indexOf("content-length: ");
    int length = at < 0 ? 0 : Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
    return text + new String(in.readNBytes(length), ISO_8859_1);
  }

  /** Ends all connections. */
  public void hangUp() throws IOException {
    for (Socket client : open) {
      client.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    hangUp();
  }
}
