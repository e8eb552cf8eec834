package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.CommandRecord.CommandIntent;
import io.gatehouse.appliance.journal.record.CommandRecord.CommandOutcome;
import io.gatehouse.appliance.journal.record.ControlRecord;
import io.gatehouse.appliance.journal.record.SessionRecord;
import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.NoRoom;
import io.gatehouse.appliance.journal.tail.Receipt;
import io.gatehouse.appliance.journal.tail.StopReason;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts one session on record. Owned by the session's event loop. No command runs whose intent is
 * not written, and as safe as the journal promises; what cannot be written is refused.
 */
final class Recording {
  private final SessionJournal journal;
  private final LongConsumer dropped;
  private final long opened = System.nanoTime();

  /** The sequence of each command's intent that has no outcome yet; bounded by the pipeline. */
  private final Map<Long, Begun> running = new HashMap<>();

  /** A command that runs: its intent, and the class of all its records. */
  private record Begun(long intent, String retention) {}

  private Grounds.@Nullable Inputs inputs;
  private long opening = SessionJournal.NOTHING;
  private long commands;
  private long refused;

  /** The submissions whose intents are being made safe: of calls there may be several. */
  private final Set<Long> awaited = new HashSet<>();

  /**
   * @param dropped told of a command that was to run and does not
   */
  Recording(SessionJournal journal, LongConsumer dropped) {
    this.journal = journal;
    this.dropped = dropped;
  }

  void opened(SessionRecord.SessionOpened session) throws JournalStopped {
    opening = journal.append(session, SessionJournal.NOTHING);
  }

  /**
   * A decision was made.
   *
   * @return what is answered: the decision, a refusal in its place, or the promise of either
   */
  Answer decided(Submission submission, Grounds grounds, Decision decision, Reply reply) {
    String retention = grounds.retention();
    if (!journal.keeps(retention)) {
      return unrecorded(
          submission,
          decision,
          Refusals.unrecorded("There is no retention class " + retention + ", which a rule names"));
    }
    try {
      inputs(grounds, submission);
      Begun begun = new Begun(intent(submission, grounds, decision), retention);
      return answer(submission, begun, recorded(submission, grounds, begun, decision), reply);
    } catch (NoRoom e) {
      return tooLong(submission, grounds, decision);
    } catch (JournalStopped e) {
      return unrecorded(submission, decision, Refusals.unrecorded(String.valueOf(e.getMessage())));
    }
  }

  private long intent(Submission submission, Grounds grounds, Decision decision)
      throws JournalStopped {
    return journal.append(
        new CommandIntent(
            grounds.asked(submission), grounds.understood(), grounds.decided(decision)),
        SessionJournal.NOTHING,
        grounds.retention());
  }

  private Answer answer(Submission submission, Begun begun, Decision decision, Reply reply)
      throws JournalStopped {
    return switch (decision) {
      case Decision.Refuse refuse -> {
        refused++;
        journal.append(outcome("refused"), begun.intent, begun.retention);
        yield refuse;
      }
      case Decision.Run run -> {
        commands++;
        switch (submission.stage()) {
          case PREPARE -> prepared(submission, begun);
          case EXECUTE -> running.put(submission.sequence(), begun);
        }
        yield safe(submission.sequence(), begun, run, reply);
      }
    };
  }

  /** What executes it refers to this record for its text. */
  private void prepared(Submission submission, Begun begun) throws JournalStopped {
    journal.append(outcome("prepared"), begun.intent, begun.retention);
    if (submission.commands().getFirst() instanceof CommandForm.Sql sql
        && sql.memo().get() instanceof Prepared made) {
      sql.memo().set(new Prepared(made.submission(), made.names(), begun.intent, begun.retention));
    }
  }

  /** What comes of it is put on record, unless the rule that decided says that it is not. */
  private Decision recorded(
      Submission submission, Grounds grounds, Begun begun, Decision decision) {
    return decision instanceof Decision.Run run
            && grounds.results()
            && submission.stage() == Submission.Stage.EXECUTE
        ? run.recordedIn(new RecordedResult(journal, begun.intent, begun.retention))
        : decision;
  }

  /** That it came, and was refused, is on record without what it said. */
  private Answer tooLong(Submission submission, Grounds grounds, Decision decision) {
    Decision.Refuse instead = unrecorded(submission, decision, Refusals.tooLongToRecord());
    try {
      refused++;
      CommandRecord.Asked asked = grounds.unsaid(submission);
      long intent =
          journal.append(
              new CommandIntent(asked, Understood.NOTHING, grounds.decided(instead)),
              SessionJournal.NOTHING,
              grounds.retention());
      journal.append(outcome("refused"), intent, grounds.retention());
    } catch (JournalStopped e) {
      // It does not run either way.
    }
    return instead;
  }

  private Decision.Refuse unrecorded(Submission submission, Decision decision, Refusal why) {
    if (decision instanceof Decision.Run) {
      dropped.accept(submission.sequence());
    }
    return new Decision.Refuse(why);
  }

  /** What decisions rest on, when it is other than at the last one. */
  private void inputs(Grounds grounds, Submission submission) throws JournalStopped {
    Grounds.Inputs now = grounds.inputs(submission.session());
    if (!now.equals(inputs)) {
      journal.append(now.record(submission.session()), SessionJournal.NOTHING);
      inputs = now;
    }
  }

  private Answer safe(long sequence, Begun begun, Decision.Run run, Reply reply) {
    Safety safety = new Safety(sequence, run, reply);
    journal.whenDurable(begun.intent, safety);
    if (safety.answered) {
      return safety.decision;
    }
    awaited.add(sequence);
    safety.late = true;
    return Answer.LATER;
  }

  /** Waits for an intent to be safe. */
  private final class Safety implements Receipt {
    private final long sequence;
    private final Reply reply;
    private Decision decision;
    private boolean answered;
    private boolean late;

    Safety(long sequence, Decision.Run run, Reply reply) {
      this.sequence = sequence;
      this.decision = run;
      this.reply = reply;
    }

    @Override
    public void durable() {
      answer(decision);
    }

    @Override
    public void lost(StopReason reason) {
      dropped.accept(sequence);
      ended(sequence, outcome("refused"));
      answer(new Decision.Refuse(Refusals.unrecorded(reason.word())));
    }

    private void answer(Decision now) {
      decision = now;
      answered = true;
      if (late && awaited.remove(sequence)) {
        reply.answer(sequence, now);
      }
    }
  }

  /** The client took back what was being made safe. */
  void withdrawn(long sequence) {
    awaited.remove(sequence);
    if (running.containsKey(sequence)) {
      dropped.accept(sequence);
      ended(sequence, outcome("withdrawn"));
    }
  }

  void outcome(
      long sequence,
      OutcomeKind kind,
      long rows,
      long bytes,
      long nanos,
      @Nullable String errorCode,
      Noted noted) {
    changed(sequence, noted.changes());
    ended(
        sequence,
        new CommandOutcome(
            kind.name().toLowerCase(Locale.ROOT),
            rows,
            bytes,
            nanos,
            errorCode,
            noted.masks(),
            noted.findings()));
  }

  /** Stands before the outcome of the command that brought it to light. */
  private void changed(long sequence, List<ControlRecord.Changed> changes) {
    Begun begun = running.get(sequence);
    if (begun == null) {
      return;
    }
    try {
      for (ControlRecord.Changed one : changes) {
        journal.append(one, begun.intent, begun.retention);
      }
    } catch (JournalStopped e) {
      // It is closed all the same, and the log has it.
    }
  }

  private static CommandRecord outcome(String word) {
    return new CommandOutcome(word, 0, 0, 0, null, List.of(), List.of());
  }

  private void ended(long sequence, CommandRecord outcome) {
    Begun begun = running.remove(sequence);
    if (begun == null) {
      return;
    }
    try {
      journal.append(outcome, begun.intent, begun.retention);
    } catch (JournalStopped e) {
      // Its intent stays without one, and the verifier names it.
    }
  }

  void closed(CloseReason reason) {
    try {
      running.keySet().stream().sorted().toList().forEach(one -> ended(one, outcome("unknown")));
      journal.append(
          new SessionRecord.SessionClosed(
              reason.tag(), commands, refused, System.nanoTime() - opened),
          opening);
    } catch (JournalStopped e) {
      // The recovered or gap record stands for it.
    } finally {
      journal.close();
    }
  }
}
