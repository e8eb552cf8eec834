package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sends messages as they are given, in any order, and keeps every byte that comes back, which a
 * driver does not. What it is told to say is sent together by {@link #send}. Used by one thread.
 */
final class RawClient implements Closeable {
  private static final int PROTOCOL = 3 << 16;
  private static final int CANCEL = 1234 << 16 | 5678;
  private static final int LONGEST = 1 << 24;

  /** A value that only the answer to the last question of {@link #end} has. */
  private static final String LAST = "that was all";

  private final Socket socket;
  private final DataInputStream in;
  private final RawMessages said = new RawMessages();
  private final RawAnswers heard = new RawAnswers();
  private byte[] key = {};

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
  }

  /** Whom to be at a server on this machine; a password where it asks for one. */
  record Login(int port, String user, String database, String password) {}

  /**
   * @param parameters names and values of the start-up message
   * @return logged in, or refused: see {@link #heard}
   */
  static RawClient connect(Login login, String... parameters) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), login.port());
    socket.setSoTimeout(10_000);
    RawClient client = new RawClient(socket);
    String pairs = "user\0" + login.user() + "\0database\0" + login.database() + "\0";
    if (parameters.length > 0) {
      pairs += String.join("\0", parameters) + "\0";
    }
    byte[] body = (pairs + "\0").getBytes(UTF_8);
    byte[] message = new byte[body.length + 8];
    ByteBuffer.wrap(message).putInt(message.length).putInt(PROTOCOL).put(body);
    client.write(message);
    client.logIn(login.password());
    return client;
  }

  private void logIn(String password) throws IOException {
    ScramClient scram = scram();
    while (true) {
      RawAnswers.Message message = read();
      switch (message.type()) {
        case 'R' -> authenticate(message.body(), scram, password);
        case 'K' -> key = message.body();
        case 'E', 'Z' -> {
          return;
        }
        default -> {}
      }
    }
  }

  private static ScramClient scram() throws IOException {
    try {
      return new ScramClient(List.of("SCRAM-SHA-256"), Optional.empty(), new SecureRandom());
    } catch (ScramFailure e) {
      throw new IOException(e);
    }
  }

  private void authenticate(byte[] body, ScramClient scram, String password) throws IOException {
    byte[] data = Arrays.copyOfRange(body, 4, body.length);
    try {
      switch (ByteBuffer.wrap(body).getInt()) {
        case 10 -> {
          byte[] first = scram.first();
          said.message('p', RawMessages.string(scram.mechanism()), RawMessages.counted(first));
          send();
        }
        case 11 -> {
          ScramClient.Challenge challenge = scram.challenge(data);
          Secret secret = Secret.of(password.toCharArray());
          said.message(
              'p', scram.last(ScramKeys.derive(secret, challenge.salt(), challenge.iterations())));
          send();
        }
        case 12 -> scram.verify(data);
        default -> {}
      }
    } catch (ScramFailure e) {
      throw new IOException(e);
    }
  }

  /** What is said next is sent by {@link #send}. */
  RawMessages say() {
    return said;
  }

  void send() throws IOException {
    write(said.take());
  }

  /** Each byte in a packet of its own. */
  void sendByByte() throws IOException {
    socket.setTcpNoDelay(true);
    for (byte one : said.take()) {
      write(new byte[] {one});
    }
  }

  /** Sends what was said, and reads up to as many ReadyForQuery. */
  void ready(int times) throws IOException {
    send();
    for (int i = 0; i < times; ) {
      i += read().type() == 'Z' ? 1 : 0;
    }
  }

  /** Sends what was said, and reads up to the first error. */
  void untilError() throws IOException {
    send();
    while (read().type() != 'E') {
      // What comes before it is kept like everything.
    }
  }

  /**
   * Sends what was said, and reads until a question after all of it is answered, however many
   * answers the rest had.
   */
  void end() throws IOException {
    said.sync().query("ROLLBACK").query("SELECT '" + LAST + "'");
    send();
    boolean last = false;
    while (true) {
      RawAnswers.Message message = read();
      last |= message.type() == 'D' && new String(message.body(), UTF_8).contains(LAST);
      if (last && message.type() == 'Z') {
        return;
      }
    }
  }

  /** Asks another connection to cancel what this one does, with the key that it was given. */
  void cancel(int port, boolean rightKey) throws IOException {
    byte[] sent = key.clone();
    if (!rightKey) {
      sent[sent.length - 1] ^= 1;
    }
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      other.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(other.getOutputStream());
      out.writeInt(sent.length + 8);
      out.writeInt(CANCEL);
      out.write(sent);
      out.flush();
      other.getInputStream().readAllBytes();
    }
  }

  RawAnswers heard() {
    return heard;
  }

  private RawAnswers.Message read() throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readInt() - 4;
    if (length < 0 || length > LONGEST) {
      throw new IOException("a message of " + length + " bytes");
    }
    RawAnswers.Message message = new RawAnswers.Message((char) type, in.readNBytes(length));
    heard.add(message);
    return message;
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
