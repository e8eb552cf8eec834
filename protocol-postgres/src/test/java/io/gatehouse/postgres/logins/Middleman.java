package io.gatehouse.postgres.logins;

import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.testing.FakeServer;
import io.gatehouse.postgres.testing.FakeServer.Peer;
import io.gatehouse.spi.testing.Certificates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Somebody on the way to a real server who ends TLS with a certificate of his own, reads along and
 * may change what the server says.
 */
final class Middleman implements AutoCloseable {
  private static final byte[] SSL_REQUEST =
      ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

  private final FakeServer front;
  private final int realPort;
  private final X509Bundle shown;
  private final UnaryOperator<BackendMessage> change;

  /** The SASL mechanisms that were chosen. */
  final List<String> mechanisms = new CopyOnWriteArrayList<>();

  Middleman(int realPort, X509Bundle shown, UnaryOperator<BackendMessage> change) {
    this.realPort = realPort;
    this.shown = shown;
    this.change = change;
    this.front = new FakeServer(this::talk);
  }

  int port() {
    return front.port();
  }

  private void talk(Peer client) throws IOException {
    client.packet();
    client.write((byte) 'S');
    client.startTls(Certificates.serverContext(shown), true);
    try (Peer server = new Peer(new Socket(InetAddress.getLoopbackAddress(), realPort))) {
      server.write(SSL_REQUEST);
      server.read();
      server.startTls(Certificates.clientContext(), false);
      byte[] startup = client.packet();
      server.write(ByteBuffer.allocate(4).putInt(startup.length + 4).array());
      server.write(startup);
      Thread back = Thread.ofVirtual().start(() -> answers(server, client));
      try {
        commands(client, server);
      } finally {
        back.interrupt();
      }
    }
  }

  private void commands(Peer client, Peer server) throws IOException {
    boolean first = true;
    while (true) {
      byte[] message = client.message();
      if (first && message[0] == 'p') {
        ByteBuf body = Unpooled.wrappedBuffer(message).skipBytes(5);
        mechanisms.add(SASLInitialResponse.decode(body).mechanism());
      }
      first = false;
      server.write(message);
    }
  }

  private void answers(Peer server, Peer client) {
    try {
      while (true) {
        byte[] message = server.message();
        ByteBuf body = Unpooled.wrappedBuffer(message).skipBytes(5);
        client.send(change.apply(BackendDecoder.decode(message[0], body)));
      }
    } catch (IOException left) {
      front.notes.add("server left");
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
  }
}
