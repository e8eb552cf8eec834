package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ColumnCount;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.EofPacket;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.LocalInfileRequest;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * The course that the answer to one command takes: what each payload is, which none of them says
 * itself, and when there are no more ("Text Resultset", "Binary Protocol Resultset", "COM_STMT_
 * PREPARE Response"). It keeps no bytes. Owned by the session's event loop.
 */
public final class AnswerCourse {

  /** What a payload of an answer is. */
  public enum Part {
    /** {@link OkPacket}, or where the old end of a part stands for it {@link EofPacket}. */
    OK,
    ERROR,
    COUNT,
    /** Of a column, or of a parameter. */
    DEFINITION,
    DEFINITIONS_END,
    ROW,
    ROWS_END,
    FILE_REQUEST,
    PREPARED,
    TEXT,
    /** Of the login that COM_CHANGE_USER is. */
    AUTHENTICATION
  }

  /** What comes next. */
  private sealed interface State {
    /** The beginning of an answer, or of the next one to the same command. */
    record First() implements State {}

    /**
     * @param left how many are to come, at least one
     * @param then what follows when their end was said
     */
    record Definitions(int left, State then) implements State {}

    record DefinitionsEnd(State then) implements State {}

    /**
     * @param another whether an answer follows, whatever the end of these says: behind the
     *     parameters that a procedure gives back MySQL 8 without DEPRECATE_EOF denies it
     */
    record Rows(boolean another) implements State {}

    record Done() implements State {}
  }

  private static final State FIRST = new State.First();
  private static final State ROWS = new State.Rows(false);
  private static final State OUT_PARAMETERS = new State.Rows(true);
  private static final State DONE = new State.Done();
  private static final int AUTH_MORE_DATA = 0x01;

  private final CommandType command;
  private final Capabilities spoken;
  private State state;
  private int status;

  public AnswerCourse(CommandType command, Capabilities spoken) {
    this.command = command;
    this.spoken = spoken;
    state = command.unanswered() ? DONE : command == CommandType.COM_STMT_FETCH ? ROWS : FIRST;
  }

  public boolean done() {
    return state instanceof State.Done;
  }

  /** The last that the server said of the session, bits of {@link ServerStatus}. */
  public int status() {
    return status;
  }

  /**
   * What a payload is that begins so.
   *
   * @param length of the payload, as far as its packets announce it
   * @throws ProtocolException if there is no such payload at this point
   */
  public Part part(int first, int length) {
    if (state instanceof State.Done) {
      throw new ProtocolException("the server answers where nothing was asked");
    }
    if (first == ErrPacket.HEADER && command != CommandType.COM_STATISTICS) {
      return Part.ERROR;
    }
    return switch (state) {
      case State.First _ -> begins(first, length);
      case State.Definitions _ -> Part.DEFINITION;
      case State.DefinitionsEnd _ -> end(first, length, Part.DEFINITIONS_END);
      case State.Rows _ -> endsRows(first, length) ? Part.ROWS_END : Part.ROW;
      case State.Done _ -> throw new IllegalStateException("answered above");
    };
  }

  private Part begins(int first, int length) {
    return switch (command) {
      case COM_QUERY, COM_STMT_EXECUTE ->
          switch (first) {
            case OkPacket.OK -> Part.OK;
            case LocalInfileRequest.HEADER -> Part.FILE_REQUEST;
            default -> Part.COUNT;
          };
      case COM_STMT_PREPARE -> Part.PREPARED;
      case COM_STATISTICS -> Part.TEXT;
      case COM_CHANGE_USER ->
          switch (first) {
            case OkPacket.OK -> Part.OK;
            case EofPacket.HEADER, AUTH_MORE_DATA -> Part.AUTHENTICATION;
            default -> unexpected();
          };
      case COM_INIT_DB, COM_PING, COM_STMT_RESET, COM_RESET_CONNECTION ->
          first == OkPacket.OK ? Part.OK : unexpected();
      case COM_SET_OPTION -> first == OkPacket.OK ? Part.OK : end(first, length, Part.OK);
      case COM_QUIT, COM_STMT_SEND_LONG_DATA, COM_STMT_CLOSE, COM_STMT_FETCH -> unexpected();
    };
  }

  private static Part unexpected() {
    throw new ProtocolException("the server answers what was not asked");
  }

  private Part end(int first, int length, Part end) {
    return first == EofPacket.HEADER && length < PacketReader.FULL_BYTES ? end : unexpected();
  }

  /** A row whose first value has 16 MB or more begins with the same byte, and is far longer. */
  private boolean endsRows(int first, int length) {
    int most = deprecated() ? PacketReader.FULL_BYTES : EofPacket.BYTES + 1;
    return first == EofPacket.HEADER && length < most;
  }

  private boolean deprecated() {
    return spoken.has(Capability.DEPRECATE_EOF);
  }

  /** Whether the course cannot go on without the whole payload. */
  public static boolean telling(Part part) {
    return switch (part) {
      case OK, COUNT, DEFINITIONS_END, ROWS_END, PREPARED -> true;
      case ERROR, DEFINITION, ROW, FILE_REQUEST, TEXT, AUTHENTICATION -> false;
    };
  }

  /**
   * A payload that {@link #part} named is taken.
   *
   * @param payload the whole of it if it is {@link #telling}, and otherwise not looked at
   */
  public void take(Part part, ByteBuf payload) {
    switch (part) {
      case OK, ROWS_END -> {
        ends(payload);
        boolean another = state instanceof State.Rows(boolean promised) && promised;
        state = another || has(ServerStatus.MORE_RESULTS) ? FIRST : DONE;
      }
      case ERROR, TEXT -> state = DONE;
      case COUNT -> state = definitions(ColumnCount.decode(payload).columns(), ROWS);
      case DEFINITION, DEFINITIONS_END -> defined(part, payload);
      case PREPARED -> {
        PrepareOk prepared = PrepareOk.decode(payload);
        state = definitions(prepared.parameters(), definitions(prepared.columns(), DONE));
      }
      case ROW, FILE_REQUEST, AUTHENTICATION -> {
        // The state stays: more rows, or the answer after the file or the proof.
      }
    }
  }

  private boolean has(int bit) {
    return (status & bit) != 0;
  }

  private static State definitions(int count, State then) {
    return count == 0 ? then : new State.Definitions(count, then);
  }

  private void defined(Part part, ByteBuf payload) {
    switch (state) {
      case State.Definitions(int left, State then) when part == Part.DEFINITION -> {
        State behind = deprecated() ? then : new State.DefinitionsEnd(then);
        state = left > 1 ? new State.Definitions(left - 1, then) : behind;
      }
      case State.DefinitionsEnd(State then) when part == Part.DEFINITIONS_END -> {
        ends(payload);
        state = then instanceof State.Rows ? rows() : then;
      }
      case State.First _, State.Definitions _, State.DefinitionsEnd _, State.Rows _, State.Done _ ->
          throw new IllegalStateException("a part that was not named");
    }
  }

  /** If a cursor was opened, the rows are to be fetched. */
  private State rows() {
    if (has(ServerStatus.CURSOR_EXISTS)) {
      return DONE;
    }
    return has(ServerStatus.PS_OUT_PARAMETERS) ? OUT_PARAMETERS : ROWS;
  }

  /** The old end of a part has exactly five bytes, an OK at least seven. */
  private void ends(ByteBuf payload) {
    status =
        payload.readableBytes() == EofPacket.BYTES
            ? EofPacket.decode(payload).status()
            : OkPacket.decode(payload, spoken).status();
  }
}
