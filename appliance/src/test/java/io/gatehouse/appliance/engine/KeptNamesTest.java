package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.SessionView.Transaction;
import io.gatehouse.spi.Submission.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs by a name is decided by the text behind it, each time it runs. */
final class KeptNamesTest {
  private static final String OPEN =
      """
      rules:
        - name: own
          operations: [session]
          verdict: allow
        - name: open
          resources: {schemas: [open, pg_catalog]}
          verdict: allow
      """;
  private static final String NOTHING =
      "rules: [{name: own, operations: [session], verdict: allow}]\n";

  @TempDir private Path folder;
  private Courtroom room;
  private Client client;

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, OPEN);
    client = room.client();
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void pathMovesToSecret() {
    client.path = "secret, open";
    client.runs("SET search_path = secret, open");
  }

  @Test
  void executeOfAPrepare_isDecidedByItsQuery() {
    client.runs("PREPARE p AS SELECT name FROM items");
    client.runs("EXECUTE p");
    client.runs("EXECUTE p");

    room.activate(NOTHING);
    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("default-deny", "open.items");
    room.activate(OPEN);
    client.runs("EXECUTE p");
    pathMovesToSecret();
    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("default-deny", "secret.items");
    assertThat(Client.refusal(client.ask("EXPLAIN ANALYZE EXECUTE p")))
        .contains("default-deny", "secret.items");
    assertThat(Client.refusal(client.executesNamed("p"))).contains("secret.items");
  }

  @Test
  void boundPrepare_isDecidedByItsQuery() {
    client.runs("PREPARE p AS SELECT name FROM items");
    client.ran(client.executesNamed("p"), "p");
    client.ran(client.executesNamed("p"), "p");

    room.activate(NOTHING);
    assertThat(Client.refusal(client.executesNamed("p"))).contains("default-deny", "open.items");
  }

  @Test
  void fetch_isDecidedByTheQueryAsItsNamesWere() {
    client.transaction = Transaction.OPEN;
    client.runs("DECLARE c CURSOR FOR SELECT name FROM items");
    client.runs("FETCH 1 FROM c");
    client.runs("FETCH 1 FROM c");
    pathMovesToSecret();
    client.runs("FETCH 1 FROM c");

    room.activate(NOTHING);
    assertThat(Client.refusal(client.ask("FETCH 1 FROM c"))).contains("default-deny", "open.items");
    assertThat(
            Client.refusal(
                client.ask(
                    Stage.EXECUTE,
                    new Asked.Behind(CommandForm.Named.Kind.CURSOR, "c", 0, Binds.NONE))))
        .contains("default-deny", "open.items");
  }

  @Test
  void portalBoundUnderACursorsName_fetchIsNotDecidedByTheCursor() {
    client.transaction = Transaction.OPEN;
    client.runs("DECLARE c CURSOR FOR SELECT name FROM items");
    client.runs("FETCH 1 FROM c");

    client.portals.add("c");

    assertThat(Client.refusal(client.ask("FETCH 1 FROM c"))).contains("nobody read", "\"c\"");
    assertThat(
            Client.refusal(
                client.ask(
                    Stage.EXECUTE,
                    new Asked.Behind(CommandForm.Named.Kind.CURSOR, "c", 0, Binds.NONE))))
        .contains("nobody read");
    client.portals.clear();
    client.runs("FETCH 1 FROM c");
  }

  @Test
  void nameThatNobodyRead_isRefused() {
    assertThat(Client.refusal(client.ask("EXECUTE ghost"))).contains("nobody read", "ghost");
    assertThat(Client.refusal(client.ask("FETCH ALL FROM ghost"))).contains("nobody read");
    assertThat(Client.refusal(client.executesNamed("ghost"))).contains("nobody read");
  }

  @Test
  void prepareThatFailed_leavesNothingBehind() {
    assertThat(client.ask("PREPARE p AS SELECT name FROM items")).isEqualTo(Decision.RUN);
    client.ends(OutcomeKind.FAILED);

    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
  }

  @Test
  void nameThatIsPreparedAnew_standsForTheNewQuery() {
    client.runs("PREPARE p AS SELECT 1");
    client.runs("EXECUTE p");
    client.runs("DEALLOCATE p");
    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");

    client.runs("PREPARE p AS SELECT name FROM items");
    pathMovesToSecret();
    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("secret.items");
    client.runs("DEALLOCATE ALL");
    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
  }

  @Test
  void nameRemadeInTheSameMessage_isRefused() {
    client.runs("PREPARE p AS SELECT 1");

    assertThat(
            Client.refusal(
                client.ask("DEALLOCATE p; PREPARE p AS SELECT name FROM items; EXECUTE p")))
        .contains("nobody read");
    client.runs("PREPARE q AS SELECT 1; SELECT 2");
    client.runs("EXECUTE q");
  }

  @Test
  void protocolPreparesUnderTheName_sqlRunsItNot() {
    client.runs("PREPARE p AS SELECT 1");
    client.runs("EXECUTE p");

    client.prepares("p", "SELECT name FROM items");
    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
  }

  @Test
  void codeRan_namesAreTrustedNoMore() {
    client.runs("PREPARE p AS SELECT 1");
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    Asked.Text unnamed = client.prepares("", "SELECT name FROM open.items");
    client.ran(client.executes(named), "s");

    client.preparedInSql.add("s");
    client.runs("SELECT open.unread()");

    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
    assertThat(Client.refusal(client.executes(named))).contains("code ran", "Prepare it again");
    client.ran(client.executes(unnamed), "unnamed");
    Asked.Text again = client.prepares("s2", "SELECT name FROM open.items");
    client.ran(client.executes(again), "s2");
  }

  @Test
  void codeRan_whatTheServerStillHasOfTheProtocolIsTrusted() {
    Asked.Text named = client.prepares("s", "SELECT name FROM items");
    client.ran(client.executes(named), "s");
    int before = client.inquiries;

    client.runs("SELECT open.unread()");
    client.ran(client.executes(named), "s");
    client.ran(client.executes(named), "s");

    assertThat(client.inquiries).isEqualTo(before + 1);
  }

  @Test
  void codeRanAndTheServerDoesNotTell_nothingIsTrusted() {
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    client.answersInquiries = false;

    client.runs("SELECT open.unread()");

    assertThat(Client.refusal(client.executes(named))).contains("code ran");
    client.answersInquiries = true;
    client.ran(client.executes(named), "s");
  }

  @Test
  void codeRanInTheSameBatch_isAskedAboutInTheBatch() {
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    client.runs("SELECT 1");
    int before = client.inquiries;
    assertThat(client.ask("SELECT open.unread()")).isEqualTo(Decision.RUN);
    client.midBatch = true;
    client.transaction = Transaction.UNDECIDED;

    assertThat(client.executes(named)).isEqualTo(Decision.RUN);
    assertThat(client.inquiries).isEqualTo(before + 1);
    client.preparedInSql.add("s");
    assertThat(client.ask("SELECT open.unread()")).isEqualTo(Decision.RUN);
    assertThat(Client.refusal(client.executes(named))).contains("code ran");
  }

  @Test
  void nameTakenByCode_preparingItAgainDoesNotBringTheOldTextBack() {
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    client.preparedInSql.add("s");
    client.runs("SELECT open.unread()");
    assertThat(Client.refusal(client.executes(named))).contains("code ran");

    // The server refuses this: the name is taken.
    client.prepares("s", "SELECT name FROM open.items");

    assertThat(Client.refusal(client.executes(named))).contains("code ran");
  }

  @Test
  void nameTakenBySqlAlone_isRefused() {
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    client.runs("DEALLOCATE s");
    client.runs("PREPARE s AS SELECT 1");

    assertThat(Client.refusal(client.executes(named))).contains("Prepare it again");
  }

  @Test
  void codeDeferredToTheEndOfABatch_namesGivenInItAreInDoubt() {
    assertThat(client.ask("SELECT open.unread()")).isEqualTo(Decision.RUN);
    client.midBatch = true;
    client.transaction = Transaction.UNDECIDED;
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    assertThat(client.executes(named)).isEqualTo(Decision.RUN);
    int before = client.inquiries;

    client.batches++;

    client.preparedInSql.add("s");
    assertThat(Client.refusal(client.executes(named))).contains("code ran");
    assertThat(client.inquiries).isEqualTo(before + 1);
  }

  @Test
  void codeDeferredToTheCommit_namesGivenBeforeAreInDoubt() {
    client.transaction = Transaction.OPEN;
    client.runs("BEGIN");
    client.runs("SELECT open.unread()");
    client.runs("PREPARE p AS SELECT 1");
    Asked.Text named = client.prepares("s", "SELECT name FROM open.items");
    client.ran(client.executes(named), "s");
    client.runs("EXECUTE p");
    client.preparedInSql.add("s");
    client.transaction = Transaction.NONE;

    client.runs("COMMIT");

    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
    assertThat(Client.refusal(client.executes(named))).contains("code ran");
  }

  @Test
  void prepareInFlightWhileCodeIsDeferred_isNotKept() {
    assertThat(client.ask("SELECT open.unread()")).isEqualTo(Decision.RUN);
    assertThat(client.ask("PREPARE p AS SELECT 1")).isEqualTo(Decision.RUN);
    long prepares = client.sequence;
    client.batches++;
    assertThat(client.ask("SELECT 1")).isEqualTo(Decision.RUN);

    client.outcome(prepares, OutcomeKind.SUCCEEDED);

    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
  }

  @Test
  void failedTransaction_itsEndRunsWhateverIsInDoubt() {
    Asked.Text rollback = client.prepares("s", "ROLLBACK");
    client.transaction = Transaction.OPEN;
    client.runs("BEGIN");
    assertThat(client.ask("SELECT open.unread()")).isEqualTo(Decision.RUN);
    client.transaction = Transaction.FAILED;
    client.ends(OutcomeKind.FAILED);
    client.answersInquiries = false;
    client.midBatch = true;

    assertThat(client.executes(rollback)).isEqualTo(Decision.RUN);
  }

  @Test
  void namesMovedBetweenBindAndExecute_isRefused() {
    Asked.Text text = client.prepares("s", "SELECT name FROM items");
    Asked.Text bound = text.boundAfter(client.sequence, Binds.NONE);
    client.ran(client.ask(Stage.EXECUTE, bound), "s");

    pathMovesToSecret();

    assertThat(Client.refusal(client.ask(Stage.EXECUTE, bound))).contains("bound", "Bind it again");
    assertThat(Client.refusal(client.executes(text))).contains("default-deny", "secret.items");
    client.path = "open";
    client.runs("SET search_path = open");
    client.ran(client.executes(text), "s");
  }

  @Test
  void namesMovedInTheSameBatchAndTheServerDoesNotTell_onlyQualifiedNamesAreDecided() {
    client.runs("SELECT name FROM items");
    assertThat(client.ask("SET search_path = open")).isEqualTo(Decision.RUN);
    client.midBatch = true;
    client.answersInquiries = false;

    assertThat(Client.refusal(client.ask("SELECT name FROM items"))).contains("did not tell");
    assertThat(client.ask("SELECT name FROM open.items")).isEqualTo(Decision.RUN);
    assertThat(Client.refusal(client.ask("SELECT name FROM secret.items")))
        .contains("default-deny");
  }

  @Test
  void rolledBack_namesAreAskedForAgain() {
    client.transaction = Transaction.OPEN;
    client.runs("BEGIN");
    client.runs("SET search_path = open");
    client.runs("SELECT name FROM items");
    int before = client.inquiries;
    client.transaction = Transaction.NONE;
    client.path = "secret";
    client.runs("ROLLBACK");

    assertThat(Client.refusal(client.ask("SELECT name FROM items"))).contains("secret.items");
    assertThat(client.inquiries).isEqualTo(before + 1);
  }
}
