package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.EofPacket;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What the server says: followed, counted, and passed as it is. On the session's event loop. */
final class ServerFlow implements PacketReader.Owner {

  /** What is read whole is short, but for what session tracking tells of long variables. */
  private static final int MOST_TELLING_BYTES = 1 << 20;

  private final Session session;

  ServerFlow(Session session) {
    this.session = session;
  }

  @Override
  public Step payload(ByteBuf input, int body, int length, boolean whole) {
    if (session.questions().answering()) {
      return session.questions().payload(input, body, length, whole);
    }
    Running running = session.running();
    if (running == null) {
      return unasked(input, body, length, whole);
    }
    session.file().serverSpeaks();
    int first = length == 0 ? 0 : input.getUnsignedByte(body);
    Part part = running.course().part(first, length);
    ResultFlow result = running.result();
    boolean read =
        AnswerCourse.telling(part)
            || part == Part.ERROR
            || part == Part.FILE_REQUEST
            || (result != null && result.wants(part, length));
    if (read && part != Part.ROW && length > MOST_TELLING_BYTES) {
      throw new ProtocolException("an answer's head is too long");
    }
    if (read && !whole) {
      return Step.MORE;
    }
    if (part == Part.ROW) {
      running.row(length);
    }
    ByteBuf payload = input.slice(body, read ? length : 0);
    if (part == Part.FILE_REQUEST) {
      fileAsked(result, payload);
    }
    running.course().take(part, payload.duplicate());
    Step step =
        result == null ? Step.PASS : result.step(part, payload, length, running.course().done());
    take(running, part, payload);
    return step;
  }

  private void fileAsked(@Nullable ResultFlow result, ByteBuf payload) {
    if (result != null && result.refused()) {
      throw new ProtocolException("the server asks for a file of a command that was refused");
    }
    session.file().asked(payload);
  }

  private void take(Running running, Part part, ByteBuf payload) {
    AnswerCourse course = running.course();
    switch (part) {
      case OK, ROWS_END -> told(payload);
      case DEFINITIONS_END -> session.view().status(course.status());
      case ERROR -> {
        ErrPacket error = ErrPacket.decode(payload);
        ends(running, OutcomeKind.FAILED, String.valueOf(error.code()));
        return;
      }
      case PREPARED -> running.prepared(PrepareOk.decode(payload));
      case COUNT, DEFINITION, ROW, FILE_REQUEST, TEXT, AUTHENTICATION -> {
        // Nothing is said of the session.
      }
    }
    if (course.done()) {
      ends(running, OutcomeKind.SUCCEEDED, null);
    }
  }

  private void ends(Running running, OutcomeKind kind, @Nullable String code) {
    ResultFlow result = running.result();
    boolean refused = result != null && result.refused();
    session.answered(refused ? OutcomeKind.REFUSED : kind, code);
  }

  private void told(ByteBuf payload) {
    if (payload.readableBytes() == EofPacket.BYTES) {
      session.view().status(EofPacket.decode(payload).status());
    } else {
      session.view().told(OkPacket.decode(payload, session.spoken()));
    }
  }

  /** A server that shuts down, or that waited too long, says so and closes. */
  private static Step unasked(ByteBuf input, int body, int length, boolean whole) {
    if (length == 0 || input.getUnsignedByte(body) != ErrPacket.HEADER) {
      throw new ProtocolException("it answers where nothing was asked");
    }
    if (length > MOST_TELLING_BYTES) {
      throw new ProtocolException("an answer's head is too long");
    }
    return whole ? Step.PASS : Step.MORE;
  }

  @Override
  public void forward(ByteBuf run) {
    session.outlet().write(run, session.fromServer().atBoundary());
    if (session.running() == null) {
      session.proceed();
    }
  }
}
