package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.SessionView.Transaction;
import io.gatehouse.spi.Submission.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not known is found out elsewhere, and what cannot be found out does not run. */
final class FindingOutTest {
  private static final String ALL = "rules: [{name: all, verdict: allow}]\n";
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Opened by the test; what it reads waits for it. */
  private final CountDownLatch gate = new CountDownLatch(1);

  @TempDir private Path folder;
  private Courtroom room;

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, ALL);
  }

  private Client client(SqlDialect dialect, Analyses analyses) {
    room.close();
    room = Courtroom.of(folder, ALL, dialect, analyses);
    return room.client();
  }

  private Client client() {
    return room.client();
  }

  /** Reads when the gate is open. */
  private List<Analysed> slowly(String text, SqlDialect.Scene scene) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new PostgresDialect().analyse(text, scene);
  }

  /** Reads {@code SELECT 1} when the gate is open, all else at once. */
  private List<Analysed> firstWaits(String text, SqlDialect.Scene scene) {
    return text.equals("SELECT 1")
        ? slowly(text, scene)
        : new PostgresDialect().analyse(text, scene);
  }

  @AfterEach
  void close() {
    gate.countDown();
    room.close();
  }

  @Test
  void analysisThatThrows_refusedAndLogged() {
    Client client =
        client(
            (_, _) -> {
              throw new IllegalStateException("a fault");
            },
            new Analyses(1, 10, PATIENT));

    try (RecordedLog log = RecordedLog.atTrace()) {
      assertThat(Client.refusal(client.ask("SELECT 1")))
          .contains("not-understood", "failed to read it");
      assertThat(log.lines()).anyMatch(line -> line.contains("analysis failed"));
    }
  }

  @Test
  void analysisThatOverflowsTheStack_refused() {
    Client client =
        client(
            new SqlDialect() {
              @Override
              @SuppressWarnings("InfiniteRecursion") // that is what is tested
              public List<Analysed> analyse(String text, Scene scene) {
                return List.copyOf(analyse(text + "x", scene));
              }
            },
            new Analyses(1, 10, PATIENT));

    assertThat(Client.refusal(client.ask("SELECT 1"))).contains("failed to read it");
  }

  @Test
  void analysisThatTakesTooLong_refusedAndNotKept() {
    client().runs("SELECT 2"); // what is loaded once is not counted against the limit
    Client client = client(this::firstWaits, new Analyses(2, 10, Duration.ofSeconds(2)));

    assertThat(Client.refusal(client.ask("SELECT 1"))).contains("not-understood", "took longer");
    assertThat(room.court.cache().size()).isZero();
    client.runs("SELECT 2"); // by the other thread: the first still waits
  }

  @Test
  void queueFull_refusedAndServedLater() {
    Client first = client(this::slowly, new Analyses(1, 1, PATIENT));
    Client second = room.client();
    Client third = room.client();

    assertThat(first.submit(Stage.EXECUTE, Asked.Text.of("SELECT 1"))).isEqualTo(Answer.LATER);
    assertThat(second.submit(Stage.EXECUTE, Asked.Text.of("SELECT 2"))).isEqualTo(Answer.LATER);
    assertThat(Client.refusal(third.ask("SELECT 3"))).contains("LIMIT", "analysis-queue");
    gate.countDown();
    first.awaitAgain();
    first.runs("SELECT 1");
    second.awaitAgain();
    second.runs("SELECT 2");
    third.runs("SELECT 3");
  }

  @Test
  void textTooLong_refusedUnread() {
    Client client = client();

    assertThat(Client.refusal(client.ask("SELECT 1 /*" + "x".repeat(10_000) + "*/")))
        .contains("analysis-bytes");
    assertThat(client.wanted).isEmpty();
  }

  @Test
  void catalogMissing_refusedUntilItIsThere() {
    Client client = client();
    room.catalogs.put(null);

    assertThat(Client.refusal(client.ask("SELECT name FROM open.items")))
        .contains("UNAVAILABLE", "does not know the objects", "nobody can reach it");
    assertThat(Client.refusal(client.ask("SELECT 1"))).contains("UNAVAILABLE");
    room.catalogs.put(SmallCatalog.of(4, false));
    client.runs("SELECT name FROM open.items");
    room.catalogs.put(null);
    assertThat(Client.refusal(client.ask("SELECT name FROM open.items"))).contains("UNAVAILABLE");
  }

  @Test
  void catalogReplacedWhileItIsRead_decidedByTheNewOne() {
    Client client = client(this::slowly, new Analyses(1, 10, PATIENT));
    String text = "SELECT name FROM open.items";
    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(text))).isEqualTo(Answer.LATER);

    room.catalogs.put(SmallCatalog.of(5, false));
    gate.countDown();
    client.awaitAgain();

    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(text))).isEqualTo(Answer.LATER);
    client.awaitAgain();
    client.runs(text);
  }

  @Test
  void policyReplacedWhileItIsRead_decidedByTheNewOne() {
    Client client = client(this::slowly, new Analyses(1, 10, PATIENT));
    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of("SELECT 1"))).isEqualTo(Answer.LATER);

    room.activate("rules: [{name: none, verdict: deny}]\n");
    gate.countDown();
    client.awaitAgain();

    assertThat(Client.refusal(client.ask("SELECT 1"))).contains("\"none\"");
  }

  @Test
  void withdrawnWhileItIsRead_theNextIsAnsweredByItself() {
    Client client = client(this::slowly, new Analyses(1, 10, PATIENT));
    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of("SELECT 1"))).isEqualTo(Answer.LATER);
    long given = client.sequence;

    client.withdraws();
    Answer next = client.submit(Stage.EXECUTE, Asked.Text.of("SELECT nothing FROM nowhere.x"));
    assertThat(next).isEqualTo(Answer.LATER);
    gate.countDown();
    assertThat(take(client)).isEqualTo(given); // void, as the port says
    client.awaitAgain();

    assertThat(Client.refusal(client.ask("SELECT nothing FROM nowhere.x")))
        .contains("not in the gate's catalog");
  }

  private static long take(Client client) {
    try {
      return client.wanted.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesThatCannotBeAskedFor_refusedAndAskedAgainNextTime() {
    Client client = client();
    client.answersInquiries = false;

    assertThat(Client.refusal(client.ask("SELECT name FROM items"))).contains("not-understood");
    client.answersInquiries = true;
    client.runs("SELECT name FROM items");
  }

  @Test
  void pathThatCannotBeRead_refusedAndAskedAgainNextTime() {
    Client client = client();
    client.path = "\"never closed";

    assertThat(Client.refusal(client.ask("SELECT name FROM items"))).contains("not-understood");
    client.path = "open";
    client.runs("SELECT name FROM items");
  }

  @Test
  void namesInAFlightThatMayMoveThem_waitedFor() {
    Client client = client();
    client.runs("SELECT name FROM items");
    assertThat(client.ask("SET search_path = secret")).isEqualTo(Decision.RUN);
    client.transaction = Transaction.UNDECIDED;
    long mover = client.sequence;

    Asked.Text text = Asked.Text.of("SELECT name FROM items");
    Answer answer = client.submit(Stage.EXECUTE, text);
    while (client.wanted.poll() != null) {
      answer = client.submit(Stage.EXECUTE, text);
    }
    assertThat(answer).isEqualTo(Answer.LATER);
    client.path = "secret";
    client.transaction = Transaction.NONE;
    client.outcome(mover, OutcomeKind.SUCCEEDED);
    client.settles();
    client.awaitAgain();
    client.runs("SELECT name FROM items");
    assertThat(client.inquiries).isEqualTo(2);
  }
}
