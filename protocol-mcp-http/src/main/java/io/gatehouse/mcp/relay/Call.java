package io.gatehouse.mcp.relay;

import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Direction;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something asked, from its submission to its outcome. Owned by the conversation's event loop. */
final class Call implements Submission {
  private static final byte[] LINE_END = {'\n'};

  private enum Recorded {
    NOTHING,
    BEGUN,
    WHOLE
  }

  private final Conversation conversation;
  private final long sequence;

  /** None once it is decided: a call may be open for long after that, and this may be large. */
  private @Nullable Asked asked;

  private final Errand errand;
  private final long began = System.nanoTime();
  private Decision.@Nullable Run run;
  private boolean over;
  private Recorded recorded = Recorded.NOTHING;
  private long messages;
  private long bytes;

  Call(Conversation conversation, long sequence, Asked asked, Errand errand) {
    this.conversation = conversation;
    this.sequence = sequence;
    this.asked = asked;
    this.errand = errand;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Stage stage() {
    return Stage.EXECUTE;
  }

  @Override
  public List<CommandForm> commands() {
    return List.of(asked());
  }

  @Override
  public SessionView session() {
    return conversation.view();
  }

  Asked asked() {
    if (asked == null) {
      throw new IllegalStateException("what was asked is decided already");
    }
    return asked;
  }

  Errand errand() {
    return errand;
  }

  /** Whether the gate has not decided yet. */
  boolean waits() {
    return run == null && !over;
  }

  boolean over() {
    return over;
  }

  void decided(Decision decision) {
    asked = null;
    switch (decision) {
      case Decision.Run granted -> {
        run = granted;
        errand.run(this, granted);
      }
      case Decision.Refuse(Refusal refusal) -> {
        over = true;
        conversation.forget(this);
        errand.refused(this, refusal);
      }
    }
  }

  /** Why a message for the client is one too many; null if it is not. */
  @Nullable Refusal exceeds(Bytes message) {
    messages++;
    bytes += message.length();
    return messages > granted().limits().rows() || bytes > granted().limits().bytes()
        ? Refusals.TOO_LARGE
        : null;
  }

  /**
   * A message for the client is put on record before it is sent, where it has to be.
   *
   * @param goOn when more may follow
   * @return whether more may follow at once
   */
  boolean record(Bytes message, boolean last, Runnable goOn) {
    return record(Direction.TO_CLIENT, message, last, goOn);
  }

  /** What the client says for it, which goes to the server. */
  void recordFromClient(Bytes message) {
    record(Direction.FROM_CLIENT, message, false, () -> {});
  }

  private boolean record(Direction direction, Bytes message, boolean last, Runnable goOn) {
    ResultRecord record = granted().record();
    if (record.equals(ResultRecord.NONE)) {
      return true;
    }
    recorded = last ? Recorded.WHOLE : Recorded.BEGUN;
    return record.add(direction, Unpooled.wrappedBuffer(message.array(), LINE_END), last, goOn);
  }

  private Decision.Run granted() {
    if (run == null) {
      throw new IllegalStateException("nothing comes of what was not granted");
    }
    return run;
  }

  /** Its outcome is known. */
  void end(OutcomeKind kind, @Nullable String code) {
    if (over) {
      return;
    }
    if (run == null) {
      withdraw();
      return;
    }
    over = true;
    conversation.forget(this);
    RuntimeException problem = recordEnd();
    conversation.outcome(sequence, kind, messages, bytes, System.nanoTime() - began, code);
    if (problem != null) {
      conversation.guarded(
          () -> {
            throw problem;
          });
    }
  }

  /** Why it cannot be put on record that nothing more comes; null if it can. */
  private @Nullable RuntimeException recordEnd() {
    if (recorded != Recorded.BEGUN) {
      return null;
    }
    try {
      granted().record().add(Direction.TO_CLIENT, Unpooled.EMPTY_BUFFER, true, () -> {});
      return null;
    } catch (RuntimeException problem) {
      return problem;
    }
  }

  /** Taken back before the gate decided. */
  void withdraw() {
    if (waits()) {
      over = true;
      conversation.forget(this);
      conversation.withdrawn(sequence);
    }
  }
}
