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
    client.runs("SET search_path = secret, open");
    client.path = "secret, open";
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

    client.runs("SELECT open.unread()");

    assertThat(Client.refusal(client.ask("EXECUTE p"))).contains("nobody read");
    assertThat(Client.refusal(client.executes(named))).contains("code ran", "Prepare it again");
    client.ran(client.executes(unnamed), "unnamed");
    Asked.Text again = client.prepares("s2", "SELECT name FROM open.items");
    client.ran(client.executes(again), "s2");
  }

  @Test
  void namesMovedBetweenBindAndExecute_isRefused() {
    Asked.Text text = client.prepares("s", "SELECT name FROM items");
    Asked.Text bound = text.boundAfter(client.sequence, Binds.NONE);
    client.ran(client.ask(Stage.EXECUTE, bound), "s");

    pathMovesToSecret();

    assertThat(Client.refusal(client.ask(Stage.EXECUTE, bound))).contains("bound", "Bind it again");
    assertThat(Client.refusal(client.executes(text))).contains("default-deny", "secret.items");
    client.runs("SET search_path = open");
    client.path = "open";
    client.ran(client.executes(text), "s");
  }

  @Test
  void namesMovedInTheSameBatch_onlyQualifiedNamesAreDecided() {
    client.runs("SELECT name FROM items");
    assertThat(client.ask("SET search_path = open")).isEqualTo(Decision.RUN);
    client.midBatch = true;

    assertThat(Client.refusal(client.ask("SELECT name FROM items"))).contains("same batch");
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
    client.runs("ROLLBACK");
    client.path = "secret";

    assertThat(Client.refusal(client.ask("SELECT name FROM items"))).contains("secret.items");
    assertThat(client.inquiries).isEqualTo(before + 1);
  }
}
