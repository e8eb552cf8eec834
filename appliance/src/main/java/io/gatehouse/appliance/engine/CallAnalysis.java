package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.SettledPlan;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.verdict.Digest;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.appliance.verdict.OnRecord;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL of one call that nobody has a verdict for yet. Made on a session's event loop, run on an
 * analysis thread. Keeps the texts until it has run.
 *
 * <p>What is known of a call has the call with all of its SQL first, by the rules of the call's
 * target; then the SQL of each argument, by what the rules of the database that is meant forbid.
 */
final class CallAnalysis implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.analysis");

  private static final String FAILED = "the gate failed to read it; its log has the reason";
  private static final String LATE = "reading it took longer than limits.analysis-millis allows";

  /**
   * @param digest what the result is found by
   * @param caller as far as the policy reads it
   * @param target of the call
   * @param database of the call
   * @param call what is called, without its SQL
   * @param arguments those of it that are SQL
   */
  record Question(
      Digest digest,
      Caller caller,
      Target target,
      String database,
      Policy policy,
      Command call,
      List<Argument> arguments) {
    Question {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * @param texts what stands there
   * @param unclear why that cannot be told; empty if it can
   * @param catalog of the database that is meant; of none where nothing is in it
   * @param names what names mean there
   */
  record Argument(
      SqlArgument.Placed placed,
      List<String> texts,
      String unclear,
      Catalog catalog,
      NameState names) {
    Argument {
      texts = List.copyOf(texts);
    }
  }

  private final Court court;
  private final Question question;
  private final CompletableFuture<Known> result;

  /**
   * @param result completed here, on any thread
   */
  CallAnalysis(Court court, Question question, CompletableFuture<Known> result) {
    this.court = court;
    this.question = question;
    this.result = result;
  }

  @Override
  public void run() {
    if (result.isDone()) {
      return;
    }
    Known known = known("");
    if (!result.isDone()) {
      court.cache().put(question.digest(), known);
    }
    result.complete(known);
  }

  /** It took too long: whoever waits hears so, and what it may still find is thrown away. */
  void expire() {
    if (!result.isDone()) {
      result.complete(known(LATE));
    }
  }

  /** A policy that fails is one that refuses; nobody must be kept waiting. */
  private Known known(String unread) {
    try {
      return found(unread);
    } catch (RuntimeException | StackOverflowError fault) {
      LOG.atError().addKeyValue("fault", fault.getClass().getName()).log("planning failed");
      Known.Part refused =
          new Known.Part(
              SqlOfCall.nothing(question.call()),
              new SettledPlan(new Verdict.Deny("not-understood", FAILED)));
      // One for the call and one for each argument, as whoever reads it expects.
      return Known.of(Collections.nCopies(question.arguments().size() + 1, refused))
          .onRecord(
              new OnRecord(
                  Understood.of(List.of(question.call())),
                  SqlOfCall.whole(question.arguments()),
                  "not-understood"));
    }
  }

  private Known found(String unread) {
    List<SqlOfCall> read = new ArrayList<>();
    for (Argument argument : question.arguments()) {
      String unclear = argument.unclear().isEmpty() ? unread : argument.unclear();
      read.add(
          unclear.isEmpty()
              ? SqlOfCall.read(dialect(argument), argument)
              : SqlOfCall.unread(argument.placed().called(), unclear));
    }
    CallRules rules =
        new CallRules(question.policy(), question.caller(), question.target(), question.database());
    Command command = SqlOfCall.together(question.call(), read);
    List<Known.Part> parts = new ArrayList<>();
    String omitted = rules.omits(command);
    for (int i = 0; i < read.size(); i++) {
      Argument argument = question.arguments().get(i);
      parts.add(rules.part(argument, read.get(i)));
      omitted = omitted.isEmpty() ? rules.omits(argument, read.get(i).command()) : omitted;
    }
    parts.addFirst(rules.whole(command, question.arguments()));
    return Known.of(parts)
        .onRecord(
            new OnRecord(
                Understood.of(List.of(command)),
                unread.isEmpty()
                    ? SqlOfCall.secrets(court.dialects(), question.arguments())
                    : SqlOfCall.whole(question.arguments()),
                omitted));
  }

  private SqlDialect dialect(Argument argument) {
    return court.dialects().of(argument.placed().argument().dialect());
  }
}
