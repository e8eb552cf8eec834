package io.gatehouse.appliance.recorded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says at its login whatever it is told to. Used by one thread. */
final class LoginSocket implements Closeable {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final int SSL_REQUEST = 1234 << 16 | 5679;
  private static final int PROTOCOL = 3 << 16;
  private static final int LONGEST = 65_536;

  private Socket socket;
  private DataInputStream in;

  /** A message of the gate. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(char type, byte[] body) {
    /** Which request for authentication it is; -1 for none. */
    int request() {
      return type == 'R' ? ByteBuffer.wrap(body).getInt() : -1;
    }

    /** What comes with such a request. */
    byte[] data() {
      return java.util.Arrays.copyOfRange(body, Integer.BYTES, body.length);
    }

    /** A field of an error; empty if it has none such. */
    String field(char field) {
      Map<Character, String> fields = new HashMap<>();
      for (String one : new String(body, UTF_8).split("\0", -1)) {
        if (!one.isEmpty()) {
          fields.put(one.charAt(0), one.substring(1));
        }
      }
      return fields.getOrDefault(field, "");
    }
  }

  LoginSocket(int port) throws IOException {
    use(new Socket(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  private void use(Socket connected) throws IOException {
    socket = connected;
    in = new DataInputStream(connected.getInputStream());
  }

  /** Asks for TLS and goes on inside it. */
  void startTls(SSLContext context) throws IOException {
    write(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array());
    if (in.readByte() != 'S') {
      throw new IOException("no TLS");
    }
    SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    secured.startHandshake();
    use(secured);
  }

  /** Names and values. */
  void startUp(String... parameters) throws IOException {
    byte[] body = (String.join("\0", parameters) + "\0\0").getBytes(UTF_8);
    byte[] packet = new byte[body.length + 8];
    ByteBuffer.wrap(packet).putInt(packet.length).putInt(PROTOCOL).put(body);
    write(packet);
  }

  /** Of one that is longer than the gate reads, only the beginning: it would not be taken. */
  void send(char type, byte[] body) throws IOException {
    int length = body.length + Integer.BYTES;
    if (length > LONGEST) {
      write(ByteBuffer.allocate(5).put((byte) type).putInt(length).array());
    } else {
      write(ByteBuffer.allocate(1 + length).put((byte) type).putInt(length).put(body).array());
    }
  }

  void password(String password) throws IOException {
    send('p', (password + "\0").getBytes(UTF_8));
  }

  void sasl(String mechanism, byte[] first) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes((mechanism + "\0").getBytes(UTF_8));
    body.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(first.length).array());
    body.writeBytes(first);
    send('p', body.toByteArray());
  }

  void bearer(String header) throws IOException {
    sasl("OAUTHBEARER", ("n,,\1auth=" + header + "\1\1").getBytes(UTF_8));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void write(String bytes) throws IOException {
    write(bytes.getBytes(ISO_8859_1));
  }

  Message read() throws IOException {
    char type = (char) in.readByte();
    byte[] body = new byte[in.readInt() - Integer.BYTES];
    in.readFully(body);
    return new Message(type, body);
  }

  /** Expects this request for authentication. */
  byte[] asked(int request) throws IOException {
    Message message = read();
    if (message.request() != request) {
      throw new IOException(
          "asked for " + message.request() + ", " + message.type() + message.field('M'));
    }
    return message.data();
  }

  boolean atEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
