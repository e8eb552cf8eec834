package io.gatehouse.mcp.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends bytes as they are and reads what comes; knows no more of HTTP than lengths. */
public final class RawClient implements AutoCloseable {

  /**
   * @param head the status line and the headers, in lower case
   */
  public record Answer(int status, String head, String body) {}

  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket socket) throws IOException {
    socket.setSoTimeout(Patience.MILLIS);
    socket.setTcpNoDelay(true);
    this.socket = socket;
    in = socket.getInputStream();
  }

  public static RawClient plain(int port) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public static RawClient tls(int port) throws IOException {
    return new RawClient(TestTls.client().getSocketFactory().createSocket("localhost", port));
  }

  public RawClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** The next answer; null if the connection ends instead. */
  public @Nullable Answer answer() throws IOException {
    String head = head();
    if (head == null) {
      return null;
    }
    int status = Integer.parseInt(head.substring(9, 12));
    if (head.contains("transfer-encoding: chunked")) {
      return new Answer(status, head, chunks());
    }
    int at = head.indexOf("\r\ncontent-length: ");
    int length =
        at < 0 ? 0 : Integer.parseInt(head.substring(at + 18, head.indexOf("\r\n", at + 18)));
    return new Answer(status, head, new String(in.readNBytes(length), ISO_8859_1));
  }

  /** Status line and headers in lower case; null at the end. */
  public @Nullable String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      String line = line();
      if (line == null) {
        return null;
      }
      head.append(line);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
      body.append(chunk);
    }
    return body.toString();
  }

  /** The next chunk; empty at the last. */
  public String chunk() throws IOException {
    String size = line();
    if (size == null) {
      throw new IOException("the answer ended before its last chunk");
    }
    String data = new String(in.readNBytes(Integer.parseInt(size.strip(), 16)), ISO_8859_1);
    line();
    return data;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next;
      try {
        next = in.read();
      } catch (SocketException reset) {
        return null;
      }
      if (next < 0) {
        return null;
      }
      line.write(next);
      if (next == '\n') {
        return line.toString(ISO_8859_1);
      }
    }
  }

  /**
   * What comes behind that head, as far as it comes.
   *
   * @param head in lower case
   */
  public String rest(String head) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    int at = head.indexOf("\r\ncontent-length: ");
    int length =
        at < 0
            ? Integer.MAX_VALUE
            : Integer.parseInt(head.substring(at + 18, head.indexOf("\r\n", at + 18)));
    try {
      while (rest.size() < length
          && !("\r\n" + rest.toString(ISO_8859_1)).endsWith("\r\n0\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        rest.write(next);
      }
    } catch (SocketException reset) {
      // What came before counts.
    }
    return rest.toString(ISO_8859_1);
  }

  /** Whether the connection ends without another byte. */
  public boolean ends() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** So that what was sent is not waited for. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
