package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Binds;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.SessionView.Transaction;
import io.gatehouse.spi.Submission.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit is about a whole result, however it is taken. */
final class PortionsTest {
  private static final String LIMITED =
      "rules: [{name: some, operations: [session, read], verdict: allow,"
          + " limits: {rows: 50, bytes: 1000B, time: 50ms}}]\n";

  @TempDir private Path folder;
  private Courtroom room;
  private Client client;

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, LIMITED);
    client = room.client();
    client.transaction = Transaction.OPEN;
  }

  @AfterEach
  void close() {
    room.close();
  }

  private static ResultLimits limits(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Run.class);
    return ((Decision.Run) decision).limits();
  }

  @Test
  void oneResult_hasTheWholeLimit() {
    for (int i = 0; i < 3; i++) {
      assertThat(limits(client.ask("SELECT name FROM items")))
          .isEqualTo(new ResultLimits(50, 1000));
      client.ends(OutcomeKind.SUCCEEDED, 50, 1000);
    }
  }

  @Test
  void portalTakenInPortions_hasOneLimit() {
    Asked.Text text = client.prepares("s", "SELECT name FROM items");
    Asked.Text bound = text.boundAfter(client.sequence, Binds.NONE);

    assertThat(limits(client.ask(Stage.EXECUTE, bound))).isEqualTo(new ResultLimits(50, 1000));
    client.ends(OutcomeKind.SUSPENDED, 20, 100);
    assertThat(limits(client.ask(Stage.EXECUTE, bound))).isEqualTo(new ResultLimits(30, 900));
    client.ends(OutcomeKind.SUSPENDED, 30, 100);
    assertThat(limits(client.ask(Stage.EXECUTE, bound))).isEqualTo(new ResultLimits(0, 800));
    client.ends(OutcomeKind.SUCCEEDED, 0, 0);

    Asked.Text anew = text.boundAfter(client.sequence, Binds.NONE);
    assertThat(limits(client.ask(Stage.EXECUTE, anew))).isEqualTo(new ResultLimits(50, 1000));
  }

  @Test
  void nextPortionBeforeTheLastHasCome_isRefused() {
    Asked.Text text = client.prepares("s", "SELECT name FROM items");
    Asked.Text bound = text.boundAfter(client.sequence, Binds.NONE);
    assertThat(client.ask(Stage.EXECUTE, bound)).isInstanceOf(Decision.Run.class);

    assertThat(Client.refusal(client.ask(Stage.EXECUTE, bound))).contains("LIMIT", "not known yet");
  }

  @Test
  void cursorFetchedInPortions_hasOneLimit() {
    client.runs("DECLARE c CURSOR FOR SELECT name FROM items");

    assertThat(limits(client.ask("FETCH 20 FROM c"))).isEqualTo(new ResultLimits(50, 1000));
    client.ends(OutcomeKind.SUCCEEDED, 20, 100);
    assertThat(limits(client.ask("FETCH 20 FROM c"))).isEqualTo(new ResultLimits(30, 900));
    client.ends(OutcomeKind.SUCCEEDED, 20, 100);
    assertThat(limits(client.ask("FETCH 20 FROM c"))).isEqualTo(new ResultLimits(10, 800));
    client.ends(OutcomeKind.REFUSED, 10, 100);
    client.runs("DECLARE c CURSOR FOR SELECT name FROM items");
    assertThat(limits(client.ask("FETCH 20 FROM c"))).isEqualTo(new ResultLimits(50, 1000));
  }

  @Test
  void timeOver_isCancelled() {
    client.ask("SELECT name FROM items");
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> client.cancels.get() == 1);
    client.ends(OutcomeKind.FAILED);
    client.closes();
  }
}
