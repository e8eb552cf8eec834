package io.gatehouse.appliance.sql.attacks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends Query messages exactly as they are and keeps every byte that comes back, which a driver
 * does not. Used by one thread.
 */
final class WireClient implements AutoCloseable {
  private static final int PROTOCOL = 3 << 16;
  private static final int LONGEST = 1 << 24;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private WireClient(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** To a server on this machine that trusts it. */
  static WireClient connect(int port, String user, String database) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    WireClient client = new WireClient(socket);
    byte[] body = utf8("user\0" + user + "\0database\0" + database + "\0client_encoding\0UTF8\0\0");
    client.out.writeInt(body.length + 8);
    client.out.writeInt(PROTOCOL);
    client.out.write(body);
    client.out.flush();
    client.untilReady();
    return client;
  }

  /**
   * All messages up to ReadyForQuery, as text, each after its type.
   *
   * @throws IOException when the server hangs up
   */
  String query(String sql) throws IOException {
    byte[] text = utf8(sql);
    out.writeByte('Q');
    out.writeInt(text.length + 5);
    out.write(text);
    out.writeByte(0);
    out.flush();
    return untilReady();
  }

  private String untilReady() throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      int type = in.readUnsignedByte();
      int length = in.readInt() - 4;
      if (length < 0 || length > LONGEST) {
        throw new IOException("a message of " + length + " bytes");
      }
      all.append((char) type)
          .append(new String(in.readNBytes(length), StandardCharsets.UTF_8))
          .append('\n');
      if (type == 'Z') {
        return all.toString();
      }
      if (type == 'G') {
        copyFails();
      }
    }
  }

  /** Whoever asks for data has been let in already; there is none. */
  private void copyFails() throws IOException {
    out.writeByte('f');
    out.writeInt(5);
    out.writeByte(0);
    out.flush();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
