package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Submission.Stage;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a definition has changed, and no reading of the catalog has seen yet. */
final class PendingDefinitionsTest {
  private static final String ALL = "rules: [{name: all, verdict: allow}]\n";
  private static final Asked.Text LATER_MADE = Asked.Text.of("SELECT name FROM open.later");
  private static final Asked.Text ITEMS = Asked.Text.of("SELECT name FROM open.items");

  @TempDir private Path folder;
  private Courtroom room;
  private Client client;

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, ALL);
    client = room.client();
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void definitionEnded() {
    room.catalogs.unread = true;
    room.catalogs.holdReading();
  }

  /** Submits until it waits for something that does not come by itself. */
  private void waits(Asked.Text text) {
    Answer answer = client.submit(Stage.EXECUTE, text);
    assertThat(answer).isEqualTo(Answer.LATER);
    client.awaitAgain();
    assertThat(client.submit(Stage.EXECUTE, text)).isEqualTo(Answer.LATER);
    assertThat(client.wanted).isEmpty();
  }

  @Test
  void missingInTheCatalog_whileADefinitionIsUnread_waitsForTheReading() {
    definitionEnded();
    waits(LATER_MADE);

    room.catalogs.read(SmallCatalog.with(2, "later"));
    client.awaitAgain();

    client.ran(client.ask(Stage.EXECUTE, LATER_MADE), "the table that was made");
  }

  @Test
  void missingAfterTheReadingToo_isNotUnderstood() {
    definitionEnded();
    waits(LATER_MADE);

    room.catalogs.read(SmallCatalog.of(2, false));
    room.catalogs.unread = true;
    client.awaitAgain();

    assertThat(Client.refusal(client.ask(Stage.EXECUTE, LATER_MADE)))
        .contains("not in the gate's catalog");
  }

  @Test
  void touched_waitsOnce_andTheNextCommandWaitsAgain() {
    definitionEnded();
    room.catalogs.defining.add(Set.of(new QualifiedName("open", "items")));
    waits(ITEMS);
    room.catalogs.read(SmallCatalog.of(2, false));
    definitionEnded();
    client.awaitAgain();
    assertThat(Client.refusal(client.ask(Stage.EXECUTE, ITEMS))).contains("being changed");

    assertThat(client.submit(Stage.EXECUTE, ITEMS)).isEqualTo(Answer.LATER);
    client.withdraws();
    assertThat(client.submit(Stage.EXECUTE, ITEMS)).isEqualTo(Answer.LATER);
    room.catalogs.defining.clear();
    room.catalogs.read(SmallCatalog.of(3, false));
    assertThat(client.wanted).contains(client.sequence);
    client.wanted.clear();

    client.ran(client.ask(Stage.EXECUTE, ITEMS), "what is read again");
  }
}
