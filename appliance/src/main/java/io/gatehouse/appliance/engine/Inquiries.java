package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a session's command waits for: the catalog, the end of what is under way, what its names
 * mean. Each is waited for once; if it is still missing then, the command is refused. Owned by the
 * session's event loop.
 */
final class Inquiries {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Court court;
  private final Upstream survey;

  private final Optional<NamesQuestion> question;

  private final SessionControl control;
  private final SessionNames names;
  private final StatementNames statements;
  private final AtomicReference<@Nullable NoCatalog> noCatalog = new AtomicReference<>();
  private @Nullable Waiting waiting;

  /** The submission that waits for the catalog. */
  private long awaited;

  private boolean namesFailed;

  /** A command that is submitted again when the session has settled. */
  private record Waiting(long sequence, Reply reply) {}

  /** Why the catalog that a submission waited for could not be read. */
  private record NoCatalog(long sequence, String why) {}

  Inquiries(
      Court court,
      Routes.Passage passage,
      SessionControl control,
      SessionNames names,
      StatementNames statements) {
    this.court = court;
    this.survey = passage.survey();
    this.question = court.dialects().of(passage.protocol()).namesQuestion();
    this.control = control;
    this.names = names;
    this.statements = statements;
  }

  /**
   * A command comes.
   *
   * @param anew whether it was not submitted before
   */
  void begins(boolean anew) {
    if (anew) {
      awaited = 0;
      namesFailed = false;
    }
  }

  Answer catalog(Case asked) {
    NoCatalog failure = noCatalog.getAndSet(null);
    if (failure != null && failure.sequence() == awaited) {
      return new Decision.Refuse(Refusals.noCatalog(failure.why()));
    }
    long sequence = asked.submission().sequence();
    awaited = sequence;
    Reply reply = asked.reply();
    court
        .catalogs()
        .fresh(survey)
        .whenComplete(
            (_, problem) -> {
              if (problem != null) {
                noCatalog.set(
                    new NoCatalog(sequence, court.catalogs().whyNone(CatalogKey.of(survey))));
              }
              reply.again(sequence);
            });
    return Answer.LATER;
  }

  Answer whenSettled(Case asked) {
    waiting = new Waiting(asked.submission().sequence(), asked.reply());
    return Answer.LATER;
  }

  void settled() {
    Waiting waits = waiting;
    waiting = null;
    if (waits != null) {
      waits.reply().again(waits.sequence());
    }
  }

  void withdrawn() {
    waiting = null;
  }

  /** Asks the session's own server before the next command comes, if names are in doubt. */
  void askAhead() {
    if (question.isPresent() && names.toBeAsked()) {
      // If it fails, the command that needs to know asks again.
      var _ = ask(question.get(), names.last());
    }
  }

  /**
   * Asks the session's own server.
   *
   * @param otherwise what is answered if it does not tell
   */
  Answer names(Case asked, Refusal otherwise) {
    if (namesFailed || question.isEmpty()) {
      namesFailed = false;
      return new Decision.Refuse(otherwise);
    }
    long sequence = asked.submission().sequence();
    Reply reply = asked.reply();
    ask(question.get(), sequence)
        .whenComplete(
            (told, _) -> {
              namesFailed = !Boolean.TRUE.equals(told);
              reply.again(sequence);
            });
    return Answer.LATER;
  }

  private CompletionStage<Boolean> ask(NamesQuestion asked, long sequence) {
    long asOf = names.moves();
    return control
        .inquire(new Statement(asked.sql(), asked.maxRows(), PATIENCE))
        .handle(
            (rows, _) ->
                rows != null
                    && names.moves() == asOf
                    && asked.told(rows.rows()).map(told -> told(sequence, told)).orElse(false));
  }

  private boolean told(long sequence, NamesQuestion.Told told) {
    names.told(told);
    statements.told(sequence, told.prepared());
    return true;
  }
}
