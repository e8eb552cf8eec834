package io.gatehouse.appliance.mask;

import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.message.Sync;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Talks to a server in messages, so that each field is in the format that was asked for. */
final class ServerDialogue implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  ServerDialogue(int port, String database) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    ByteBuf startup = Unpooled.buffer();
    new StartupMessage(
            3, 0, Map.of("user", "postgres", "database", database, "client_encoding", "UTF8"))
        .encode(startup);
    socket.getOutputStream().write(ByteBufUtil.getBytes(startup));
    untilReady();
  }

  /** All messages; an error among them is one of the test. */
  List<BackendMessage> ask(
      String sql, int[] types, int[] formats, List<byte @Nullable []> parameters, int[] results)
      throws IOException {
    ByteBuf out = Unpooled.buffer();
    List<FrontendMessage> messages =
        List.of(
            new Parse("", sql, types),
            new Bind("", "", formats, parameters, results),
            new Describe(Kind.PORTAL, ""),
            new Execute("", 0),
            Sync.INSTANCE);
    messages.forEach(message -> message.encode(out));
    socket.getOutputStream().write(ByteBufUtil.getBytes(out));
    List<BackendMessage> answers = untilReady();
    for (BackendMessage answer : answers) {
      if (answer instanceof ErrorResponse error) {
        throw new AssertionError(sql + ": " + error);
      }
    }
    return answers;
  }

  private List<BackendMessage> untilReady() throws IOException {
    List<BackendMessage> answers = new ArrayList<>();
    do {
      byte type = in.readByte();
      byte[] body = new byte[in.readInt() - 4];
      in.readFully(body);
      answers.add(BackendDecoder.decode(type, Unpooled.wrappedBuffer(body)));
    } while (!(answers.getLast() instanceof ReadyForQuery));
    return answers;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
