package io.gatehouse.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client without any driver. All that the server sends must decode and encode to the same bytes.
 * Used by one thread.
 */
public final class RawConnection implements AutoCloseable {
  private static final int MOST_SECONDS = 30;

  private Socket socket;
  private DataInputStream in;

  public RawConnection() {
    this(RealServer.port());
  }

  /** To a server of the caller's choice on loopback. */
  public RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(MOST_SECONDS * 1000);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connected and ready for a query. */
  public static RawConnection ready() {
    return ready(RealServer.port());
  }

  /** The same with a server of the caller's choice on loopback. */
  public static RawConnection ready(int port) {
    RawConnection connection = new RawConnection(port);
    connection.send(
        new StartupMessage(
            3, 2, Map.of("user", "postgres", "database", "postgres", "client_encoding", "UTF8")));
    connection.readUntil(ReadyForQuery.class::isInstance);
    return connection;
  }

  /** Asks for TLS and goes on inside it. */
  public void startTls(SSLContext context) {
    send(new SslRequest());
    assertThat(readByte()).isEqualTo('S');
    try {
      SSLSocket secured =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
      // The JDK sends no name without a dot by itself.
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName("localhost")));
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      socket = secured;
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes as they are. */
  public void send(byte[] bytes) {
    write(bytes);
  }

  public void send(StartupPacket packet) {
    write(Wire.written(packet::encode));
  }

  public void send(FrontendMessage... messages) {
    ByteBuf out = Unpooled.buffer();
    for (FrontendMessage message : messages) {
      message.encode(out);
    }
    write(ByteBufUtil.getBytes(out));
  }

  private void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One byte outside any message, as TLS requests are answered with. */
  public char readByte() {
    try {
      return (char) in.readUnsignedByte();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public BackendMessage read() {
    try {
      byte type = in.readByte();
      byte[] body = new byte[in.readInt() - 4];
      in.readFully(body);
      BackendMessage message = BackendDecoder.decode(type, Unpooled.wrappedBuffer(body));
      assertThat(Wire.written(message::encodeBody))
          .as("%s from %s", message, HexFormat.of().formatHex(body))
          .isEqualTo(body);
      return message;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All up to the first that satisfies, which is the last. */
  public List<BackendMessage> readUntil(Predicate<BackendMessage> last) {
    List<BackendMessage> messages = new ArrayList<>();
    do {
      messages.add(read());
    } while (!last.test(messages.getLast()));
    return messages;
  }

  /** What a batch is answered with, up to ReadyForQuery. */
  public List<BackendMessage> ask(FrontendMessage... messages) {
    send(messages);
    return readUntil(ReadyForQuery.class::isInstance);
  }

  /** Whether the server has nothing more to say and closed. */
  public boolean atEnd() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing more is sent. */
  public void endInput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
