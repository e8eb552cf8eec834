package io.gatehouse.mysql.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A client without any driver, payload by payload. All that the server sends must decode and encode
 * to the same bytes. Used by one thread.
 */
public final class RawConnection implements AutoCloseable {
  private static final int MOST_SECONDS = 120;

  private Socket socket;
  private DataInputStream in;
  private Capabilities spoken = Capabilities.NONE;
  private int sequence;
  private @Nullable ByteArrayOutputStream tap;
  private boolean anyCharset;

  /** To a server on loopback. */
  public RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(MOST_SECONDS * 1000);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What both sides can do from now on. */
  public void speak(Capabilities agreed) {
    spoken = agreed;
  }

  public Capabilities spoken() {
    return spoken;
  }

  /** Goes on inside TLS. */
  public void startTls(SSLContext context) {
    try {
      SSLSocket secured =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
      secured.startHandshake();
      socket = secured;
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command begins: its packets count from 0. */
  public void command(Message message) {
    sequence = 0;
    send(message);
  }

  /** The next payload of the dialogue at hand. */
  public void send(Message message) {
    ByteBuf out = Unpooled.buffer();
    sequence = PacketWriter.write(out, sequence, body -> message.encode(body, spoken));
    send(ByteBufUtil.getBytes(out));
  }

  /** Names in other character sets than UTF-8 may come, which do not encode to the same bytes. */
  public void anyCharset() {
    anyCharset = true;
  }

  /** Every payload that comes from now on is written there too. */
  public void tap(ByteArrayOutputStream newTap) {
    tap = newTap;
  }

  /** The number of the server's next packet, after bytes that were sent as they are. */
  public void expect(int number) {
    sequence = number;
  }

  /** Bytes as they are. */
  public void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next payload, as it is. */
  public byte[] read() {
    try {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      int length;
      do {
        length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        assertThat(in.readUnsignedByte()).as("sequence number").isEqualTo(sequence);
        sequence = (sequence + 1) & 0xFF;
        payload.write(in.readNBytes(length));
      } while (length == PacketReader.FULL_BYTES);
      if (tap != null) {
        tap.writeBytes(payload.toByteArray());
      }
      return payload.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Decodes it, and checks that nothing of it got lost. */
  public <M extends Message> M decode(byte[] payload, Function<ByteBuf, M> decoder) {
    M message = decoder.apply(Unpooled.wrappedBuffer(payload));
    ByteBuf again = Unpooled.buffer();
    message.encode(again, spoken);
    byte[] encoded = ByteBufUtil.getBytes(again);
    if (!anyCharset && !Arrays.equals(encoded, payload)) {
      int most = Math.min(payload.length, 512);
      assertThat(ByteBufUtil.hexDump(encoded, 0, Math.min(encoded.length, most)))
          .as("%s", message)
          .isEqualTo(ByteBufUtil.hexDump(payload, 0, most));
    }
    return message;
  }

  public <M extends Message> M read(Function<ByteBuf, M> decoder) {
    return decode(read(), decoder);
  }

  /** Whatever comes, up to the end. */
  public void drain() {
    try {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has nothing more to say and closed. */
  public boolean atEnd() {
    try {
      return in.read() < 0;
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
