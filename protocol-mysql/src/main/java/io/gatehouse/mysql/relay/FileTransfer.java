package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.LocalInfileRequest;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Direction;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file of the client's on its way to the server, which asks for it while LOAD DATA LOCAL runs
 * ("LOCAL INFILE Request"). A server can ask for any file that the client can read, whatever the
 * command: only one that stands behind INFILE in it is asked for. Owned by the session's event
 * loop.
 */
final class FileTransfer {
  /** A statement that has a file loaded is short; what stands behind this is not looked at. */
  private static final int MOST_TEXT_BYTES = 64 << 10;

  private static final int MOST_NAME_BYTES = 1_024;
  private static final String INFILE = "INFILE";
  private static final byte[] NOTHING = {};

  private final Session session;
  private byte[] text = NOTHING;
  private State state = State.NONE;

  private enum State {
    NONE,
    /** What comes of the client is the file's. */
    COMING,
    /** The end of it was read, and is still to be forwarded. */
    ENDED
  }

  FileTransfer(Session session) {
    this.session = session;
  }

  /** A command goes on that may have files loaded. */
  void mayBeNamedIn(byte[] command) {
    text =
        !session.spoken().has(Capability.LOCAL_FILES)
            ? NOTHING
            : command.length <= MOST_TEXT_BYTES ? command : Arrays.copyOf(command, MOST_TEXT_BYTES);
  }

  /** No command runs that does. */
  void ended() {
    text = NOTHING;
    state = State.NONE;
  }

  boolean coming() {
    return state == State.COMING;
  }

  /**
   * The server speaks, for which it has to wait until it has the file: what the client goes on to
   * send of it would be taken for commands.
   */
  void serverSpeaks() {
    if (state == State.COMING) {
      throw new ProtocolException("the server answers in the midst of a file");
    }
  }

  /** The server asks, in a packet that is about to be passed on. */
  void asked(ByteBuf request) {
    byte[] name = LocalInfileRequest.decode(request.duplicate()).file();
    if (name.length == 0 || name.length > MOST_NAME_BYTES || !named(name)) {
      throw new ProtocolException(
          "the server asks for a file of the client's that the command does not name");
    }
    state = State.COMING;
    // What the client says now answers the server.
    session.fromClient().eachAnew(false);
    session
        .fromClient()
        .renumber(session.fromServer().outgoing() + 1, session.fromServer().expected() + 1);
  }

  /** A payload of the client's, of which nothing but its end is of interest. */
  Step payload(int length) {
    if (length == 0) {
      state = State.ENDED;
      session
          .fromServer()
          .renumber(session.fromClient().outgoing() + 1, session.fromClient().expected() + 1);
      session.fromClient().eachAnew(true);
    }
    return Step.PASS;
  }

  /** Puts on record what is to be forwarded, where it has to be. */
  void put(ByteBuf run, ResultRecord record) {
    if (state == State.NONE) {
      return;
    }
    if (!record.equals(ResultRecord.NONE)
        && !record.add(Direction.FROM_CLIENT, run, false, session::goOn)) {
      session.duplex().clientMustWait();
    }
    if (state == State.ENDED) {
      state = State.NONE;
    }
  }

  /**
   * Between quotes behind the word, as it is or with backslashes and quotes written twice. With a
   * comment in between it is not found.
   */
  private boolean named(byte[] name) {
    for (int i = 0; i < text.length; i++) {
      boolean quote = text[i] == '\'' || text[i] == '"';
      if (quote
          && behindInfile(i)
          && (plain(name, i + 1, text[i]) || escaped(name, i + 1, text[i]))) {
        return true;
      }
    }
    return false;
  }

  private boolean behindInfile(int quote) {
    int end = quote;
    while (end > 0 && (text[end - 1] == ' ' || (text[end - 1] >= '\t' && text[end - 1] <= '\r'))) {
      end--;
    }
    int start = end - INFILE.length();
    return start >= 0
        && INFILE.equalsIgnoreCase(
            new String(text, start, INFILE.length(), StandardCharsets.ISO_8859_1));
  }

  private boolean plain(byte[] name, int from, byte quote) {
    int end = from + name.length;
    return end < text.length
        && text[end] == quote
        && Arrays.equals(text, from, end, name, 0, name.length);
  }

  private boolean escaped(byte[] name, int from, byte quote) {
    int at = from;
    for (byte each : name) {
      boolean twice =
          at + 1 < text.length
              && (text[at] == '\\' || (text[at] == quote && text[at + 1] == quote));
      at += twice ? 1 : 0;
      if (at >= text.length || text[at] != each) {
        return false;
      }
      at++;
    }
    return at < text.length && text[at] == quote;
  }
}
