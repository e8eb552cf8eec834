package io.gatehouse.mcp.http;

import static io.gatehouse.mcp.testing.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.testing.Asked;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.Patience;
import io.gatehouse.mcp.testing.TestTls;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Frames, byte by byte, from a client that means harm. */
class Http2FloodIT {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** GET of the root by https, from HPACK's own table. */
  private static final byte[] GET = {(byte) 0x82, (byte) 0x87, (byte) 0x84};

  private static SSLSocket connect(Front front) throws IOException {
    SSLSocket socket =
        (SSLSocket) TestTls.client().getSocketFactory().createSocket("localhost", front.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(Patience.MILLIS);
    socket.startHandshake();
    assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(socket, SETTINGS, 0, 0, new byte[0]);
    return socket;
  }

  private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static void frame(SSLSocket socket, int type, int flags, int stream, byte[] payload)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes(type, flags, stream, payload));
  }

  /** Reads until the end, which must come; the type of the last frame. */
  private static int lastFrame(SSLSocket socket) throws IOException {
    int last = -1;
    DataInputStream in = new DataInputStream(socket.getInputStream());
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        last = in.readUnsignedByte();
        in.skipNBytes(5L + length);
      }
    } catch (SocketTimeoutException open) {
      throw open;
    } catch (IOException end) {
      return last;
    }
  }

  private interface Flood {
    byte[] frames(int round);
  }

  private static void endsTheConnection(Flood flood) throws Exception {
    try (Front front =
            Front.tls(
                Front.PATIENT,
                exchange -> exchange.answer(200, Headers.NONE, Unpooled.EMPTY_BUFFER));
        SSLSocket socket = connect(front)) {
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                try {
                  int round = 0;
                  while (true) {
                    ByteArrayOutputStream some = new ByteArrayOutputStream();
                    for (int i = 0; i < 100; i++) {
                      some.writeBytes(flood.frames(round++));
                    }
                    socket.getOutputStream().write(some.toByteArray());
                  }
                } catch (IOException ended) {
                  // What is to happen.
                }
              });
      await().until(() -> front.meters.closed.size() == 1);
      sender.join();
    }
  }

  /** One frame to begin with, and the same again and again behind it. */
  private static Flood first(byte[] begin, byte[] then) {
    return round -> round == 0 ? begin : then;
  }

  @Test
  void resets() throws Exception {
    endsTheConnection(
        round -> {
          int stream = 2 * round + 1;
          byte[] request = bytes(HEADERS, END_STREAM | END_HEADERS, stream, GET);
          byte[] reset = bytes(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
          return ByteBuffer.allocate(request.length + reset.length).put(request).put(reset).array();
        });
  }

  @Test
  void continuations() throws Exception {
    endsTheConnection(first(bytes(HEADERS, 0, 1, GET), bytes(CONTINUATION, 0, 1, new byte[] {0})));
  }

  @Test
  void large_continuations() throws Exception {
    endsTheConnection(
        first(bytes(HEADERS, 0, 1, GET), bytes(CONTINUATION, 0, 1, new byte[16_000])));
  }

  @Test
  void pings_thatNobodyReadsTheAnswersOf() throws Exception {
    byte[] ping = bytes(PING, 0, 0, new byte[8]);
    endsTheConnection(first(ping, ping));
  }

  @Test
  void settings() throws Exception {
    byte[] settings = bytes(SETTINGS, 0, 0, new byte[6]);
    endsTheConnection(first(settings, settings));
  }

  @Test
  void empty_data() throws Exception {
    // POST of the root by https, which has no Host and is refused.
    byte[] post = {(byte) 0x83, (byte) 0x87, (byte) 0x84};
    endsTheConnection(first(bytes(HEADERS, END_HEADERS, 1, post), bytes(DATA, 0, 1, new byte[0])));
  }

  @Test
  void streams_beyondTheLimit_areRefused() throws Exception {
    Asked asked = new Asked();
    byte[] get =
        ByteBuffer.allocate(39)
            .put(new byte[] {(byte) 0x82, (byte) 0x87})
            .put(literal(4, "/mcp"))
            .put(literal(1, "localhost"))
            .put(literal(19, "text/event-stream"))
            .array();
    try (Front front = Front.tls(Front.PATIENT.with(Limit.HTTP_STREAMS, 3), asked);
        SSLSocket socket = connect(front)) {
      for (int i = 0; i < 10; i++) {
        frame(socket, HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, get);
      }
      for (int i = 0; i < 3; i++) {
        asked.next();
      }
      frame(socket, PING, 0, 0, new byte[8]);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int refused = 0;
      int type = -1;
      while (type != PING) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        type = in.readUnsignedByte();
        in.skipNBytes(5L + length);
        refused += type == RST_STREAM ? 1 : 0;
      }
      assertThat(refused).isEqualTo(7);
      assertThat(asked.waiting()).isZero();
    }
  }

  /** A field with a name of HPACK's table and a short value, not kept. */
  private static byte[] literal(int name, String value) {
    int prefix = name < 15 ? 1 : 2;
    ByteBuffer field = ByteBuffer.allocate(prefix + 1 + value.length());
    if (prefix == 1) {
      field.put((byte) name);
    } else {
      field.put((byte) 15).put((byte) (name - 15));
    }
    return field.put((byte) value.length()).put(value.getBytes(US_ASCII)).array();
  }

  @Test
  void nonsense_isAnsweredByGoAway() throws Exception {
    try (Front front =
            Front.tls(
                Front.PATIENT,
                exchange -> exchange.answer(200, Headers.NONE, Unpooled.EMPTY_BUFFER));
        SSLSocket socket = connect(front)) {
      frame(socket, DATA, 0, 1, new byte[5]);
      assertThat(lastFrame(socket)).isEqualTo(GO_AWAY);
    }
  }
}
