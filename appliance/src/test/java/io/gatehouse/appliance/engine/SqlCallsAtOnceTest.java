package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL of calls is read elsewhere, of several at once, and what cannot be found out does not run.
 */
final class SqlCallsAtOnceTest {
  private static final String POLICY =
      """
      rules:
        - {name: tools, resources: {tools: ["crm.*"]}, verdict: allow}
        - {name: reads, operations: [session, read], resources: {schemas: [open], kinds: [session]}, verdict: allow}
      """;

  /** Who looks at what was found fails. */
  private static final List<Analysed> BROKEN =
      new AbstractList<>() {
        @Override
        public Analysed get(int index) {
          throw new IllegalStateException("planted");
        }

        @Override
        public int size() {
          return 1;
        }
      };

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger read = new AtomicInteger();

  private volatile boolean broken;

  /** As the dialect reads it, when the test says so. */
  private final SqlDialect slow =
      new SqlDialect() {
        private final SqlDialect real = new PostgresDialect();

        @Override
        public List<Analysed> analyse(String text, Scene scene) {
          read.incrementAndGet();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return broken ? BROKEN : real.analyse(text, scene);
        }

        @Override
        public Optional<NamesQuestion> namesQuestion() {
          return real.namesQuestion();
        }
      };

  @TempDir private Path folder;
  private Courtroom room;
  private SqlCaller caller;

  @BeforeEach
  void begin() {
    begin(2, 100, Duration.ofSeconds(60));
  }

  private void begin(int threads, int queue, Duration limit) {
    if (room != null) {
      room.close();
    }
    room = Courtroom.of(folder, POLICY, slow, new Analyses(threads, queue, limit));
    caller = new SqlCaller(room, SqlCaller.argument("crm.query", "sql"));
    // What the gate has to know before it reads.
    caller.submit(SqlCaller.query(""));
    caller.awaitAgain();
  }

  @AfterEach
  void end() {
    gate.countDown();
    room.close();
  }

  private static String sql(int i) {
    return i % 2 == 0 ? "SELECT " + i + " FROM items" : "DELETE FROM items WHERE id = " + i;
  }

  @Test
  void manyAtOnce_eachAnsweredByItself() {
    Map<Long, Called> waiting = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      Called call = SqlCaller.query(sql(i));
      assertThat(caller.submit(call)).isEqualTo(Answer.LATER);
      waiting.put(caller.sequence, call);
    }
    gate.countDown();
    List<String> runs = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Called call = Objects.requireNonNull(waiting.remove(caller.awaitAgain()));
      String text =
          call.message().toString() + new String(call.message().bytes(), StandardCharsets.UTF_8);
      Answer answer = caller.submit(call);
      assertThat(answer).isInstanceOf(Decision.class);
      assertThat(answer instanceof Decision.Run).isEqualTo(text.contains("SELECT"));
      runs.add(text);
    }
    assertThat(runs).hasSize(50);
    assertThat(caller.wanted).isEmpty();
  }

  @Test
  void oneTextAtOnce_isReadOnce() {
    int before = read.get();
    for (int i = 0; i < 20; i++) {
      assertThat(caller.submit(SqlCaller.query("SELECT name FROM items"))).isEqualTo(Answer.LATER);
    }
    gate.countDown();
    for (int i = 0; i < 20; i++) {
      caller.awaitAgain();
      assertThat(caller.submit(SqlCaller.query("SELECT name FROM items")))
          .isInstanceOf(Decision.Run.class);
    }
    assertThat(read.get() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void withdrawnWhileItIsRead_nothingComesOfIt() {
    begin(1, 10, Duration.ofSeconds(60));
    assertThat(caller.submit(SqlCaller.query("SELECT name FROM items"))).isEqualTo(Answer.LATER);
    caller.deciding.withdrawn();
    caller.deciding.closed();
    gate.countDown();
    caller.awaitAgain(); // void, as the port says
    assertThat(caller.wanted).isEmpty();
  }

  @Test
  void readingThatTakesTooLong_countsAsAnything_andIsNotKept() {
    begin(2, 10, Duration.ofMillis(300));
    assertThat(caller.asks(SqlCaller.query("SELECT name FROM items")))
        .contains("SQL that the gate cannot read")
        .contains("took longer than limits.analysis-millis");
    assertThat(room.court.cache().size()).isZero();
  }

  @Test
  void queueFull_isRefused() {
    begin(1, 1, Duration.ofSeconds(60));
    assertThat(caller.submit(SqlCaller.query("SELECT 1"))).isEqualTo(Answer.LATER);
    Answer last = Answer.LATER;
    for (int i = 2; i < 5 && last.equals(Answer.LATER); i++) {
      last = caller.submit(SqlCaller.query("SELECT " + i));
    }
    assertThat(Client.refusal((Decision) last)).contains("LIMIT", "analysis-queue");
  }

  @Test
  void policyReplacedWhileItIsRead_decidedByTheNewOne() {
    begin(1, 10, Duration.ofSeconds(60));
    Called call = SqlCaller.query("SELECT name FROM items");
    assertThat(caller.submit(call)).isEqualTo(Answer.LATER);
    room.activate("rules: [{name: none, verdict: deny}]\n");
    gate.countDown();
    caller.awaitAgain();
    assertThat(caller.asks(call)).contains("\"none\"");
  }

  @Test
  void catalogReplacedWhileItIsRead_decidedByTheNewOne() {
    begin(1, 10, Duration.ofSeconds(60));
    Called call = SqlCaller.query("SELECT name FROM made");
    assertThat(caller.submit(call)).isEqualTo(Answer.LATER);
    room.catalogs.put(SmallCatalog.with(5, "made"));
    gate.countDown();
    caller.awaitAgain();
    assertThat(caller.asks(call)).isEqualTo("run");
  }

  @Test
  void readingThatFails_isRefusedAsNotUnderstood() {
    broken = true;
    gate.countDown();
    assertThat(caller.asks(SqlCaller.query("SELECT name FROM items")))
        .contains("not-understood", "its log has the reason");
    broken = false;
  }

  @Test
  void catalogOrSessionMissing_refused() {
    gate.countDown();
    room.close();
    room = Courtroom.of(folder, POLICY, slow, new Analyses(1, 10, Duration.ofSeconds(60)));
    caller = new SqlCaller(room, SqlCaller.argument("crm.query", "sql"));
    room.catalogs.put(null);
    assertThat(caller.asks(SqlCaller.query("SELECT 1")))
        .contains("UNAVAILABLE", "does not know the objects", "nobody can reach it");
    room.catalogs.put(SmallCatalog.of(4, false));
    room.begun.clear();
    assertThat(caller.asks(SqlCaller.query("SELECT 1")))
        .contains("UNAVAILABLE", "what names mean", "nobody can reach it");
  }
}
