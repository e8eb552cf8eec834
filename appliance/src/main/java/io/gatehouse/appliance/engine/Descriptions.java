package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of results that come without a description, asked before anything runs: the
 * command is submitted again then. Owned by the session's event loop.
 */
final class Descriptions {
  private static final Statement ENCODING =
      new Statement(
          "SELECT pg_catalog.current_setting('client_encoding')", 1, Duration.ofSeconds(10));

  private static final Value UTF8 = new Value.Text("UTF8");

  private final SessionControl control;
  private final Inquiries inquiries;

  /** For the next submission and no other: what is decided later may be about something else. */
  private @Nullable Told coming;

  private @Nullable Told told;

  /** Counts commands: what was asked for one that was given up is not told of another. */
  private long command;

  /**
   * @param refusal why there are no descriptions
   */
  private record Told(
      List<String> statements, List<ResultDescription> descriptions, @Nullable Refusal refusal) {}

  Descriptions(SessionControl control, Inquiries inquiries) {
    this.control = control;
    this.inquiries = inquiries;
  }

  /**
   * A command comes.
   *
   * @param anew whether it was not submitted before
   */
  void begins(boolean anew) {
    command += anew ? 1 : 0;
    told = anew ? null : coming;
    coming = null;
  }

  /**
   * @param codeRan whether code that nobody read may have changed settings that the server has not
   *     reported
   * @return null if what has to be known is known
   */
  @Nullable Answer of(Case asked, Weighing weighing, boolean codeRan) {
    List<String> statements = weighing.undescribed(asked.text());
    if (statements.isEmpty()) {
      return null;
    }
    Told known = told;
    told = null;
    if (known == null || !known.statements().equals(statements)) {
      return ask(asked, statements, weighing.bounds().time(), codeRan);
    }
    Refusal refusal =
        known.refusal() == null ? weighing.described(known.descriptions()) : known.refusal();
    return refusal == null ? null : new Decision.Refuse(refusal);
  }

  private Answer ask(Case asked, List<String> statements, Duration time, boolean codeRan) {
    SessionView session = asked.submission().session();
    boolean underWay = session.transaction() == SessionView.Transaction.UNDECIDED;
    if (underWay && !session.midBatch()) {
      return inquiries.whenSettled(asked);
    }
    long sequence = asked.submission().sequence();
    long asking = command;
    Reply reply = asked.reply();
    CompletionStage<List<ResultDescription>> all = encoding(codeRan && session.midBatch());
    for (String statement : statements) {
      all = all.thenCompose(before -> next(before, statement, time));
    }
    all.whenComplete(
        (descriptions, problem) -> {
          if (asking == command) {
            coming =
                problem == null
                    ? new Told(statements, descriptions, null)
                    : new Told(statements, List.of(), refusal(problem));
          }
          reply.again(sequence);
        });
    return Answer.LATER;
  }

  /** Where fields end is only known in an encoding that is known. */
  private CompletionStage<List<ResultDescription>> encoding(boolean inDoubt) {
    return inDoubt
        ? control.inquire(ENCODING).thenCompose(Descriptions::known)
        : CompletableFuture.completedFuture(List.of());
  }

  private static CompletionStage<List<ResultDescription>> known(Rows rows) {
    return rows.rows().equals(List.of(List.of(UTF8)))
        ? CompletableFuture.completedFuture(List.of())
        : CompletableFuture.failedFuture(
            new UpstreamException("client_encoding is not UTF8 any more"));
  }

  private CompletionStage<List<ResultDescription>> next(
      List<ResultDescription> before, String statement, Duration time) {
    return control
        .describe(statement, time)
        .thenApply(
            description -> {
              List<ResultDescription> all = new ArrayList<>(before);
              all.add(description);
              return all;
            });
  }

  private static Refusal refusal(Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    return cause instanceof UpstreamException refused && refused.code() == null
        ? Refusal.undescribed(null).withDetail(refused.getMessage() + ".")
        : Refusal.undescribed(cause instanceof UpstreamException refused ? refused.code() : null);
  }
}
