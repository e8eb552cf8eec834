package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.PostgresListener;
import io.gatehouse.postgres.PostgresProtocol;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Transport;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The gate in this process, between clients and a server that the test scripts. */
final class Doorway implements AutoCloseable {
  /** Columns and values of the kernel's table of sockets (proc(5), /proc/net/tcp). */
  private static final int LOCAL = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTEN = "0A";

  /** A socket that no process has any more. */
  private static final String CLOSED = "0";

  final OpenGate gate;
  final Tally tally = new Tally();
  private final Transport transport = new Transport(2);
  private final Listener listener;

  /** With TLS for those who ask for it. */
  Doorway(FakeServer server, Limits limits) throws Exception {
    this(server, limits, true);
  }

  Doorway(FakeServer server, Limits limits, boolean tls) throws Exception {
    gate =
        new OpenGate(
            new Upstream(
                "fake",
                new Upstream.Tcp("127.0.0.1", server.port(), null),
                new Credential("held", null),
                "bank",
                null,
                Map.of()));
    PostgresListener settings =
        new PostgresListener(
            "main",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            tls ? Tls.SHARED::identity : null,
            true,
            PostgresListener.USUAL_PARAMETERS);
    listener =
        new PostgresProtocol(transport, gate, limits, tally)
            .listen(settings)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  int port() {
    return listener.address().getPort();
  }

  int sessions() {
    return listener.sessions();
  }

  /** Client connections that the gate holds open, whether or not they belong to a session. */
  long connections() {
    String ours = ":%04X".formatted(port());
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> sockets(Path.of("/proc/self/net", table)).stream())
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns[LOCAL].endsWith(ours))
        .filter(columns -> !columns[STATE].equals(LISTEN) && !columns[INODE].equals(CLOSED))
        .count();
  }

  private static List<String> sockets(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Logged in over plain TCP. */
  Peer ready() throws IOException {
    return Login.ready(Peer.connect(port()));
  }

  /** Asks an echoing server something on a connection of its own. */
  void assertServes() throws IOException {
    try (Peer peer = ready()) {
      assertEchoes(peer, "are you there");
    }
  }

  static void assertEchoes(Peer peer, String text) throws IOException {
    assertThat(peer.ask(new Query(text)))
        .containsExactly(
            FakeServer.ONE_COLUMN,
            FakeServer.row(text),
            new CommandComplete("SELECT 1"),
            FakeServer.READY);
  }

  /** What the pools hold of direct memory, used or not. */
  static long directBytes() {
    return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  @Override
  public void close() {
    transport.close();
  }
}
