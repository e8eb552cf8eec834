package io.gatehouse.postgres.hostile;

import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.FrontendDecoder;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Message;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.StartupPacket;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One end of a connection, a client's or a server's, that sends whatever it is told to. Every read
 * is bounded in time. Used by one thread.
 */
final class Peer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  static Peer connect(int port) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Takes in as little as it can, so that it is soon the one that everybody waits for. */
  static Peer connectNarrow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8_192);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Peer(socket);
  }

  /** Goes on inside TLS. */
  Peer secured(SSLSocketFactory tls, String... protocols) throws IOException {
    SSLSocket secure = (SSLSocket) tls.createSocket(socket, "localhost", socket.getPort(), true);
    var parameters = secure.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    secure.setSSLParameters(parameters);
    secure.setSoTimeout((int) PATIENCE.toMillis());
    secure.startHandshake();
    return new Peer(secure);
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** In the notation of {@link Wire}. */
  void write(String notation) throws IOException {
    write(Wire.bytes(notation));
  }

  void send(StartupPacket packet) throws IOException {
    write(Wire.written(packet::encode));
  }

  void send(Message... messages) throws IOException {
    write(encoded(messages));
  }

  static byte[] encoded(Message... messages) {
    ByteBuf buffer = Unpooled.buffer();
    for (Message message : messages) {
      message.encode(buffer);
    }
    return ByteBufUtil.getBytes(buffer);
  }

  char readByte() throws IOException {
    return (char) in.readUnsignedByte();
  }

  InputStream stream() {
    return in;
  }

  /** The next message from a server. */
  BackendMessage read() throws IOException {
    byte type = in.readByte();
    return BackendDecoder.decode(type, body());
  }

  /** The next message from a client. */
  FrontendMessage readAsked() throws IOException {
    byte type = in.readByte();
    return FrontendDecoder.decode(type, body());
  }

  /** The next first packet of a client. */
  StartupPacket readStartup() throws IOException {
    return StartupPacket.decode(body());
  }

  private ByteBuf body() throws IOException {
    byte[] body = new byte[in.readInt() - Integer.BYTES];
    in.readFully(body);
    return Unpooled.wrappedBuffer(body);
  }

  List<BackendMessage> readUntil(Predicate<BackendMessage> last) throws IOException {
    List<BackendMessage> messages = new ArrayList<>();
    do {
      messages.add(read());
    } while (!last.test(messages.getLast()));
    return messages;
  }

  List<BackendMessage> ask(FrontendMessage... messages) throws IOException {
    send(messages);
    return readUntil(ReadyForQuery.class::isInstance);
  }

  ErrorResponse readError() throws IOException {
    return (ErrorResponse) read();
  }

  /** Whether the other side closed, cleanly or not, without another byte. */
  boolean atEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (SSLException | SocketException | EOFException closed) {
      return true;
    }
  }

  /** Reads what there is, up to the end. */
  void drain() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException closed) {
      return;
    }
  }

  /** Nothing more is sent from this side; it still reads. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** As when a process dies with unread data: the other side gets a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
