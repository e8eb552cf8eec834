package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.SettledPlan;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.verdict.Context;
import io.gatehouse.appliance.verdict.Digest;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One text that nobody has a verdict for yet. Made on a session's event loop, run on an analysis
 * thread, its result taken on the event loop again. It keeps a copy of the text until it has run.
 */
final class Analysis implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.analysis");

  private static final String FAILED = "the gate failed to read it; its log has the reason";

  /**
   * @param digest what the result is found by
   * @param context everything it depends on beside the text
   * @param target whose text it is
   * @param catalog the catalog of the context's version
   * @param policy the policy of the context's version
   * @param several whether the text may hold several statements
   */
  record Question(
      Digest digest,
      Context context,
      Target target,
      Catalog catalog,
      Policy policy,
      boolean several) {}

  private final Court court;
  private final Digest digest;
  private final Runnable whenDone;
  private final AtomicReference<@Nullable Known> result = new AtomicReference<>();
  private final AtomicReference<@Nullable Future<?>> expiry = new AtomicReference<>();

  /** Let go of when it has run, because the session may keep the rest for long. */
  private volatile @Nullable Question question;

  private byte @Nullable [] text;

  Analysis(Court court, Question question, byte[] text, Runnable whenDone) {
    this.court = court;
    this.digest = question.digest();
    this.question = question;
    this.text = text;
    this.whenDone = whenDone;
  }

  Digest digest() {
    return digest;
  }

  @Nullable Known result() {
    return result.get();
  }

  @Override
  public void run() {
    byte[] bytes = text;
    Question asked = question;
    text = null;
    if (bytes == null || asked == null || result.get() != null) {
      return;
    }
    List<Analysed> statements = analysed(asked, bytes);
    Known known =
        planned(asked, statements)
            .onRecord(
                Kept.of(
                    bytes, dialect(asked), scene(asked), statements, omitted(asked, statements)));
    question = null;
    if (result.compareAndSet(null, known)) {
      try {
        court.cache().put(digest, known);
      } finally {
        // Whoever waits is told whatever became of the cache: the result is here too.
        whenDone.run();
        end(expiry.get());
      }
    }
  }

  /** Its end, if nothing else ends it. */
  void expiresBy(Future<?> timer) {
    expiry.set(timer);
    if (result.get() != null) {
      end(timer);
    }
  }

  private static void end(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** It took too long: whoever waits hears so, and what it may still find is thrown away. */
  void expire() {
    Question asked = question;
    if (asked == null) {
      return;
    }
    Known known =
        planned(
            asked,
            List.of(
                Analysed.notUnderstood(
                    "reading it took longer than limits.analysis-millis allows")));
    if (result.compareAndSet(null, known)) {
      whenDone.run();
    }
  }

  private SqlDialect dialect(Question asked) {
    return court.dialects().of(asked.target().protocol());
  }

  private static SqlDialect.Scene scene(Question asked) {
    return new SqlDialect.Scene(
        asked.catalog(),
        asked.context().names(),
        asked.context().reading().standardStrings(),
        asked.several());
  }

  private List<Analysed> analysed(Question asked, byte[] bytes) {
    Context.Reading reading = asked.context().reading();
    Optional<String> unreadable = dialect(asked).unreadable(reading.encoding());
    if (unreadable.isPresent()) {
      return List.of(Analysed.notUnderstood(unreadable.get()));
    }
    try {
      String sql = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return analysed(dialect(asked), sql, scene(asked));
    } catch (CharacterCodingException e) {
      return List.of(Analysed.notUnderstood("it is not valid UTF-8"));
    }
  }

  /** Never fails. */
  static List<Analysed> analysed(SqlDialect dialect, String sql, SqlDialect.Scene scene) {
    try {
      return sql.indexOf('\0') >= 0
          ? List.of(Analysed.notUnderstood("it holds a zero byte"))
          : dialect.analyse(sql, scene);
    } catch (RuntimeException | StackOverflowError fault) {
      // The text is in none of these: exceptions of the analysis carry positions only.
      LOG.atError().addKeyValue("fault", fault.getClass().getName()).log("analysis failed");
      return List.of(Analysed.notUnderstood(FAILED));
    }
  }

  /** A policy that fails is one that refuses; its plan must not keep anyone waiting. */
  private static Known planned(Question asked, List<Analysed> statements) {
    try {
      return plan(asked, statements);
    } catch (RuntimeException | StackOverflowError fault) {
      LOG.atError().addKeyValue("fault", fault.getClass().getName()).log("planning failed");
      Analysed refused = Analysed.notUnderstood(FAILED);
      return Known.of(
          List.of(
              new Known.Part(
                  refused, new SettledPlan(new Verdict.Deny("not-understood", FAILED)))));
    }
  }

  /** By which rule it must not be on record what is said; a policy that fails keeps nothing. */
  private static String omitted(Question asked, List<Analysed> statements) {
    try {
      return statements.stream()
          .flatMap(
              one ->
                  asked
                      .policy()
                      .omits(asked.target(), asked.context().place().database(), one.command())
                      .stream())
          .findFirst()
          .orElse("");
    } catch (RuntimeException | StackOverflowError fault) {
      LOG.atError().addKeyValue("fault", fault.getClass().getName()).log("planning failed");
      return "not-understood";
    }
  }

  private static Known plan(Question asked, List<Analysed> statements) {
    List<Known.Part> parts = new ArrayList<>();
    for (Analysed statement : statements) {
      parts.add(
          new Known.Part(
              statement,
              asked
                  .policy()
                  .plan(
                      asked.context().caller(),
                      asked.target(),
                      asked.context().place().database(),
                      statement.command()),
              Guards.of(
                  asked.policy(),
                  asked.context().caller(),
                  asked.target(),
                  asked.context().place().database(),
                  asked.catalog(),
                  statement)));
    }
    return Known.of(parts);
  }
}
