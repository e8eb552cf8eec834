package io.gatehouse.appliance.sql.postgres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks a real server what its grammar makes of a text, without running anything: in a transaction
 * that has failed the server still parses, and refuses whatever it has parsed. Used by one thread.
 */
final class GrammarOracle implements AutoCloseable {
  enum Answer {
    SYNTAX_ERROR,
    /** No statement, or one that ends the transaction. */
    NONE_OR_EXIT,
    ONE,
    SEVERAL
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  GrammarOracle(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    startUp();
    simple("BEGIN");
    simple("SELECT 1/0");
  }

  private void startUp() throws IOException {
    byte[] parameters =
        "user\0postgres\0database\0postgres\0client_encoding\0UTF8\0\0"
            .getBytes(StandardCharsets.UTF_8);
    out.writeInt(8 + parameters.length);
    out.writeInt(196608);
    out.write(parameters);
    out.flush();
    untilReady();
  }

  private void simple(String sql) throws IOException {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    out.writeByte('Q');
    out.writeInt(4 + text.length + 1);
    out.write(text);
    out.writeByte(0);
    out.flush();
    untilReady();
  }

  /** What the server says of the whole text. */
  Answer ask(String sql) throws IOException {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    out.writeByte('P');
    out.writeInt(4 + 1 + text.length + 1 + 2);
    out.writeByte(0);
    out.write(text);
    out.writeByte(0);
    out.writeShort(0);
    out.writeByte('S');
    out.writeInt(4);
    out.flush();
    Map<Character, String> error = untilReady();
    String state = error.getOrDefault('C', "");
    return switch (state) {
      case "" -> Answer.NONE_OR_EXIT;
      case "25P02" -> Answer.ONE;
      case "42601" ->
          error.getOrDefault('M', "").startsWith("cannot insert multiple commands")
              ? Answer.SEVERAL
              : Answer.SYNTAX_ERROR;
      // Errors of the scanner and of the grammar's own actions have states of their own.
      default -> Answer.SYNTAX_ERROR;
    };
  }

  /** Whether the text holds no statement at all. */
  boolean empty(String sql) throws IOException {
    return ask(sql) == Answer.NONE_OR_EXIT && ask(sql + "\n;SELECT 1") == Answer.ONE;
  }

  private Map<Character, String> untilReady() throws IOException {
    Map<Character, String> error = new HashMap<>();
    while (true) {
      int type = in.readUnsignedByte();
      byte[] body = new byte[in.readInt() - 4];
      in.readFully(body);
      if (type == 'E') {
        for (String field : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
          if (!field.isEmpty()) {
            error.put(field.charAt(0), field.substring(1));
          }
        }
      } else if (type == 'Z') {
        return error;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
