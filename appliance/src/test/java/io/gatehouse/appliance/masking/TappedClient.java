package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A client of protocol 3.0 without any driver. Each message is sent as it is asked for, in the
 * order in which it is asked for and with the next {@link #flush} or {@link #sync}; every byte that
 * comes back is kept. Used by one thread.
 */
public final class TappedClient implements AutoCloseable {
  private static final int PROTOCOL = 3 << 16;
  private static final int LONGEST = 1 << 26;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int AUTHENTICATION_SASL = 10;
  private static final int AUTHENTICATION_SASL_CONTINUE = 11;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tap = new ByteArrayOutputStream();
  private final List<Received> greeting = new ArrayList<>();

  private TappedClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Logged in, over loopback and without TLS; an answer without ReadyForQuery is a refusal. */
  public static TappedClient connect(Login login) throws IOException {
    TappedClient client =
        new TappedClient(new Socket(InetAddress.getLoopbackAddress(), login.port()));
    try {
      client.logIn(login);
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
    return client;
  }

  private void logIn(Login login) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(ByteBuffer.allocate(4).putInt(PROTOCOL).array());
    text(body, "user", login.user(), "database", login.database(), "client_encoding", "UTF8");
    login.parameters().forEach((name, value) -> text(body, name, value));
    body.write(0);
    out.writeInt(body.size() + 4);
    body.writeTo(out);
    ScramLogin scram = new ScramLogin(login.password());
    Received message = read();
    while (message.type() != 'Z') {
      switch (message.type()) {
        case 'R' -> prove(scram, ByteBuffer.wrap(message.body()));
        case 'E' -> throw new IOException(message.text());
        default -> greeting.add(message);
      }
      message = read();
    }
  }

  private void prove(ScramLogin scram, ByteBuffer challenge) throws IOException {
    ByteArrayOutputStream proof = new ByteArrayOutputStream();
    switch (challenge.getInt()) {
      case AUTHENTICATION_SASL -> {
        byte[] first = scram.first().getBytes(UTF_8);
        text(proof, "SCRAM-SHA-256");
        proof.writeBytes(ByteBuffer.allocate(4).putInt(first.length).array());
        proof.writeBytes(first);
      }
      case AUTHENTICATION_SASL_CONTINUE -> {
        byte[] data = new byte[challenge.remaining()];
        challenge.get(data);
        proof.writeBytes(scram.last(new String(data, UTF_8)).getBytes(UTF_8));
      }
      default -> {
        return;
      }
    }
    send('p', proof.toByteArray());
    push();
  }

  /** What came with the login but authentication: settings, the key for cancelling. */
  public List<Received> greeting() {
    return List.copyOf(greeting);
  }

  /** Every byte so far, from the first of the connection on. */
  public byte[] tap() {
    return tap.toByteArray();
  }

  /** The simple query protocol. A COPY that wants data gets none. */
  public Answer query(String sql) throws IOException {
    return query(sql, new byte[0]);
  }

  /** The same; a COPY that wants data gets these bytes. */
  public Answer query(String sql, byte[] copied) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, sql);
    send('Q', body.toByteArray());
    push();
    return until(message -> message.type() == 'Z', () -> copy(copied));
  }

  private void copy(byte[] data) {
    send('d', data).send('c', new byte[0]);
  }

  /** The types of the parameters are left to the server. */
  public TappedClient parse(String statement, String sql) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, statement, sql);
    body.writeBytes(new byte[2]);
    return send('P', body.toByteArray());
  }

  /** Parameters in text form, empty for NULL; one format for all columns of the result. */
  public TappedClient bind(
      String portal, String statement, List<Optional<String>> parameters, Format result) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, portal, statement);
    body.writeBytes(new byte[2]);
    body.writeBytes(ByteBuffer.allocate(2).putShort((short) parameters.size()).array());
    for (Optional<String> parameter : parameters) {
      byte[] value = parameter.orElse("").getBytes(UTF_8);
      int length = parameter.isPresent() ? value.length : -1;
      body.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
      body.writeBytes(value);
    }
    body.writeBytes(new byte[] {0, 1, 0, result.code()});
    return send('B', body.toByteArray());
  }

  public TappedClient describeStatement(String statement) {
    return named('D', 'S', statement);
  }

  public TappedClient describePortal(String portal) {
    return named('D', 'P', portal);
  }

  public TappedClient closeStatement(String statement) {
    return named('C', 'S', statement);
  }

  public TappedClient closePortal(String portal) {
    return named('C', 'P', portal);
  }

  /**
   * @param most rows before the portal is suspended; 0 for all
   */
  public TappedClient execute(String portal, int most) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, portal);
    body.writeBytes(ByteBuffer.allocate(4).putInt(most).array());
    return send('E', body.toByteArray());
  }

  /** A function by its number, arguments and result as asked for; all in one message. */
  public Answer call(int function, Format result, List<String> arguments) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(ByteBuffer.allocate(6).putInt(function).array());
    body.writeBytes(ByteBuffer.allocate(2).putShort((short) arguments.size()).array());
    for (String argument : arguments) {
      byte[] value = argument.getBytes(UTF_8);
      body.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
      body.writeBytes(value);
    }
    body.writeBytes(new byte[] {0, result.code()});
    send('F', body.toByteArray());
    push();
    return until(message -> message.type() == 'Z', () -> {});
  }

  /** Sends what there is and reads up to a message that satisfies. */
  public Answer flush(Predicate<Received> last) throws IOException {
    send('H', new byte[0]);
    push();
    return until(last.or(message -> message.type() == 'E'), () -> copy(new byte[0]));
  }

  public Answer sync() throws IOException {
    return sync(new byte[0]);
  }

  /** The same; a COPY that wants data gets these bytes. */
  public Answer sync(byte[] copied) throws IOException {
    send('S', new byte[0]);
    push();
    // While it copies, the server passes over the Sync that it has been sent already.
    return until(
        message -> message.type() == 'Z',
        () -> {
          copy(copied);
          send('S', new byte[0]);
        });
  }

  /** One statement by the extended protocol, described, with all its rows. */
  public Answer extended(String sql, List<Optional<String>> parameters, Format result)
      throws IOException {
    return parse("", sql).bind("", "", parameters, result).describePortal("").execute("", 0).sync();
  }

  private TappedClient named(char type, char what, String name) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(what);
    text(body, name);
    return send(type, body.toByteArray());
  }

  /** Any message at all; it waits for the next flush or sync. */
  public TappedClient send(char type, byte[] body) {
    frame(batch, type, body);
    return this;
  }

  static void frame(ByteArrayOutputStream to, char type, byte[] body) {
    to.write(type);
    to.writeBytes(ByteBuffer.allocate(4).putInt(body.length + 4).array());
    to.writeBytes(body);
  }

  private static void text(ByteArrayOutputStream to, String... texts) {
    for (String text : texts) {
      to.writeBytes(text.getBytes(UTF_8));
      to.write(0);
    }
  }

  private void push() throws IOException {
    batch.writeTo(out);
    batch.reset();
    out.flush();
  }

  /** The end of the connection ends the answer too. */
  private Answer until(Predicate<Received> last, Runnable copying) throws IOException {
    List<Received> messages = new ArrayList<>();
    try {
      do {
        messages.add(read());
        if (messages.getLast().type() == 'G') {
          copying.run();
          push();
        }
      } while (!last.test(messages.getLast()));
    } catch (EOFException end) {
      return new Answer(messages);
    }
    return new Answer(messages);
  }

  /**
   * Goes through the answer to a simple query, or to what was sent before a sync, without keeping
   * any of it; the tap does not have it.
   *
   * @param last whether this is the last one to be read
   */
  public void each(Predicate<Received> last) throws IOException {
    push();
    boolean ended = false;
    while (!ended) {
      ended = last.test(receive());
    }
  }

  private Received read() throws IOException {
    Received message = receive();
    frame(tap, message.type(), message.body());
    return message;
  }

  private Received receive() throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readInt() - 4;
    if (length < 0 || length > LONGEST) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new Received((char) type, body);
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
