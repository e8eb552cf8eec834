package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.spi.OutcomeKind;
import org.jspecify.annotations.Nullable;

/** A command that was forwarded, until its answer has ended. Owned by the session's event loop. */
final class Running {

  /** What follows from a command's end. */
  interface Ended {
    void ended(Running running);
  }

  static final Ended NOTHING = _ -> {};

  private final CommandType type;
  private final AnswerCourse course;
  private final long submission;
  private final @Nullable ResultFlow result;
  private final Ended then;
  private final long since = System.nanoTime();
  private @Nullable PrepareOk prepared;
  private boolean succeeded;
  private long rows;
  private long bytes;

  /**
   * @param submission 0 for what the engine is not told the outcome of
   * @param result what is looked for in the answer; null for nothing
   */
  Running(
      CommandType type,
      AnswerCourse course,
      long submission,
      @Nullable ResultFlow result,
      Ended then) {
    this.type = type;
    this.course = course;
    this.submission = submission;
    this.result = result;
    this.then = then;
  }

  AnswerCourse course() {
    return course;
  }

  @Nullable ResultFlow result() {
    return result;
  }

  long submission() {
    return submission;
  }

  void row(int length) {
    rows++;
    bytes += length;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  long nanos() {
    return System.nanoTime() - since;
  }

  void prepared(PrepareOk ok) {
    prepared = ok;
  }

  /** What the server said of the statement that it prepared. */
  @Nullable PrepareOk prepared() {
    return prepared;
  }

  /** The answer has ended; says how, as the engine is told. */
  OutcomeKind end(OutcomeKind kind) {
    succeeded = kind == OutcomeKind.SUCCEEDED;
    then.ended(this);
    return succeeded && moreToFetch() ? OutcomeKind.SUSPENDED : kind;
  }

  private boolean moreToFetch() {
    return switch (type) {
      case COM_STMT_EXECUTE -> has(ServerStatus.CURSOR_EXISTS);
      case COM_STMT_FETCH -> !has(ServerStatus.LAST_ROW_SENT);
      case COM_QUIT,
          COM_INIT_DB,
          COM_QUERY,
          COM_STATISTICS,
          COM_PING,
          COM_CHANGE_USER,
          COM_STMT_PREPARE,
          COM_STMT_SEND_LONG_DATA,
          COM_STMT_CLOSE,
          COM_STMT_RESET,
          COM_SET_OPTION,
          COM_RESET_CONNECTION ->
          false;
    };
  }

  boolean succeeded() {
    return succeeded;
  }

  /** Whether the server's last word on the session says this, a bit of {@link ServerStatus}. */
  boolean has(int bit) {
    return (course.status() & bit) != 0;
  }
}
