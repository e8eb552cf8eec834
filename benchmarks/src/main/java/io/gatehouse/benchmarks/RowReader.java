package io.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * A client that does next to nothing with rows but to count them, so that what is measured is not
 * the client. Owned by the benchmark's thread.
 */
final class RowReader implements AutoCloseable {
  private static final int BUFFER = 1 << 17;
  private static final int PROTOCOL = 3 << 16;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;

  private final ScramClient scram;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private byte[] ask = new byte[0];

  private RowReader(int port) throws IOException {
    try {
      scram = new ScramClient(List.of("SCRAM-SHA-256"), Optional.empty(), new SecureRandom());
    } catch (ScramFailure e) {
      throw new IOException(e);
    }
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = socket.getOutputStream();
  }

  /**
   * @param password not used where the server trusts the user
   */
  static RowReader connect(int port, String user, String password, String database)
      throws IOException {
    RowReader reader = new RowReader(port);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(number(PROTOCOL));
    text(body, "user", user, "database", database, "");
    reader.out.write(number(body.size() + 4));
    body.writeTo(reader.out);
    int type = reader.in.readByte();
    while (type != 'Z') {
      byte[] message = reader.body(type);
      if (type == 'R') {
        reader.prove(ByteBuffer.wrap(message), password);
      }
      type = reader.in.readByte();
    }
    reader.body(type);
    return reader;
  }

  private void prove(ByteBuffer challenge, String password) throws IOException {
    int kind = challenge.getInt();
    byte[] data = new byte[challenge.remaining()];
    challenge.get(data);
    ByteArrayOutputStream proof = new ByteArrayOutputStream();
    try {
      switch (kind) {
        case SASL -> {
          byte[] first = scram.first();
          text(proof, scram.mechanism());
          proof.writeBytes(number(first.length));
          proof.writeBytes(first);
        }
        case SASL_CONTINUE -> {
          ScramClient.Challenge asked = scram.challenge(data);
          proof.writeBytes(
              scram.last(
                  ScramKeys.derive(
                      Secret.of(password.toCharArray()), asked.salt(), asked.iterations())));
        }
        case SASL_FINAL -> scram.verify(data);
        default -> {}
      }
    } catch (ScramFailure e) {
      throw new IOException(e);
    }
    if (proof.size() > 0) {
      out.write(message('p', proof));
    }
  }

  /** Has the statement prepared; {@link #rows} runs it. */
  RowReader prepare(String sql, boolean binary) throws IOException {
    ByteArrayOutputStream parse = new ByteArrayOutputStream();
    text(parse, "s", sql);
    parse.writeBytes(new byte[2]);
    out.write(message('P', parse));
    out.write(message('S', new ByteArrayOutputStream()));
    answer();
    ByteArrayOutputStream bind = new ByteArrayOutputStream();
    text(bind, "", "s");
    bind.writeBytes(new byte[] {0, 0, 0, 0, 0, 1, 0, (byte) (binary ? 1 : 0)});
    ByteArrayOutputStream execute = new ByteArrayOutputStream();
    execute.writeBytes(new byte[5]);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(message('B', bind));
    all.writeBytes(message('E', execute));
    all.writeBytes(message('S', new ByteArrayOutputStream()));
    ask = all.toByteArray();
    return this;
  }

  /** How many came. */
  int rows() throws IOException {
    out.write(ask);
    return answer();
  }

  private int answer() throws IOException {
    int rows = 0;
    int type;
    do {
      type = in.readByte();
      if (type == 'D') {
        in.skipNBytes(in.readInt() - 4L);
        rows++;
      } else {
        body(type);
      }
    } while (type != 'Z');
    return rows;
  }

  private byte[] body(int type) throws IOException {
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    if (type == 'E') {
      throw new IOException(new String(body, UTF_8).replace('\0', ' '));
    }
    return body;
  }

  private static byte[] message(char type, ByteArrayOutputStream body) {
    return ByteBuffer.allocate(5 + body.size())
        .put((byte) type)
        .putInt(4 + body.size())
        .put(body.toByteArray())
        .array();
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static void text(ByteArrayOutputStream to, String... texts) {
    for (String text : texts) {
      to.writeBytes(text.getBytes(UTF_8));
      to.write(0);
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
