package io.gatehouse.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RelayTest {
  private ServerSocket server;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.startVirtualThread(this::answer);
    relay = Relay.before(server.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    relay.close();
    server.close();
  }

  /** Until the client has said everything: twice what it said. */
  private void answer() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        client.getOutputStream().write((said + said).getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private Socket connected() throws IOException {
    return new Socket(InetAddress.ofLiteral("127.0.0.1"), relay.port());
  }

  private void assertPasses() throws IOException {
    try (Socket client = connected()) {
      client.getOutputStream().write("abc".getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("abcabc");
    }
  }

  @Test
  void bytes_arriveBothWays_andSoDoesTheEnd() throws IOException {
    assertPasses();
  }

  @Test
  void closed_nobodyListens_andOpenConnectionsEnd_untilItIsOpenAgain() throws IOException {
    try (Socket open = connected()) {
      open.getOutputStream().write('a');
      relay.close();
      assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
      awaitEnd(open);
    }
    relay.open();
    assertPasses();
  }

  /** What the server says to its own end may still arrive before it. */
  private static void awaitEnd(Socket socket) {
    try {
      socket.setSoTimeout(30_000);
      assertThat(socket.getInputStream().readAllBytes()).asString().isIn("", "aa");
    } catch (SocketTimeoutException open) {
      throw new AssertionError("the connection is open", open);
    } catch (IOException reset) {
      assertThat(reset).isInstanceOf(SocketException.class);
    }
  }
}
