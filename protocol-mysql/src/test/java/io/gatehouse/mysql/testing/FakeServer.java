package io.gatehouse.mysql.testing;

import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.LocalInfileRequest;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.password.CachingSha2;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server that greets one client and says the lines of a script, each after one packet of the
 * client's, whatever is in it, but for what comes behind a {@link #FAST_OK}, to which clients say
 * nothing.
 */
public final class FakeServer implements AutoCloseable {
  /** All that a listener may have promised, and no TLS. */
  public static final Capabilities OFFERED = RawClient.USUAL;

  public static final Message FAST_OK = new AuthMoreData(new byte[] {CachingSha2.FAST_OK});

  private final ServerSocket socket;
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  public FakeServer(Capabilities offered, String plugin, List<Message> script) {
    try {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] data = "0123456789abcdefghij\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    HandshakeV10 greeting = new HandshakeV10("9.9.9", 7, data, offered, 45, 2, plugin);
    Thread.ofVirtual().start(() -> serve(greeting, script));
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** What the client sent, packet by packet. */
  public BlockingQueue<byte[]> received() {
    return received;
  }

  private void serve(HandshakeV10 greeting, List<Message> script) {
    try (Socket client = socket.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      int sequence = say(client, greeting, 0);
      boolean answered = true;
      for (Message line : script) {
        sequence = answered ? hear(in) : sequence;
        sequence = say(client, line, sequence);
        answered = !(line.equals(FAST_OK) || line instanceof LocalInfileRequest);
      }
      while (sequence >= 0) {
        sequence = hear(in);
      }
    } catch (IOException ended) {
      // The client has closed, which it may at any time.
    }
  }

  private int hear(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
    int sequence = in.readUnsignedByte() + 1;
    byte[] body = new byte[length];
    in.readFully(body);
    received.add(body);
    return sequence;
  }

  private static int say(Socket client, Message message, int sequence) throws IOException {
    ByteBuf out = Unpooled.buffer();
    int next = PacketWriter.write(out, sequence, body -> message.encode(body, OFFERED));
    client.getOutputStream().write(ByteBufUtil.getBytes(out));
    return next;
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
