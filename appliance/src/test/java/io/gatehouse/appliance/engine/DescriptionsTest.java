package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionView.Transaction;
import io.gatehouse.spi.Submission.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What COPY shows of protected columns is described by the server before it runs. */
final class DescriptionsTest {
  private static final String POLICY =
      """
      rules:
        - {name: open, verdict: allow, bodies: unread}
        - {name: names, resources: {columns: [secret.items.name]}, verdict: mask, strength: output}
      """;

  private static final String FILTERED =
      "COPY (SELECT id FROM secret.items WHERE name = 'x') TO STDOUT";

  private static final String FILTER = "SELECT id FROM secret.items WHERE name = 'x'";

  @TempDir private Path folder;
  private Courtroom room;
  private Client client;

  @BeforeEach
  void enter() {
    room = Courtroom.of(folder, POLICY);
    client = room.client();
  }

  @AfterEach
  void leave() {
    room.close();
  }

  private static ResultDescription described(String name, String table, int number) {
    long relation = ("secret" + table).hashCode();
    return new ResultDescription(
        List.of(new ResultDescription.Column(name, relation, number, "23", -1, false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY open.items TO STDOUT",
        "COPY (SELECT name FROM open.items) TO STDOUT",
        "COPY secret.items (id) TO STDOUT",
        "COPY (SELECT id FROM secret.items) TO STDOUT CSV",
        "SELECT name FROM open.items",
      })
  void whatReadsNothingProtected_isNotDescribed(String sql) {
    client.runs(sql);
    assertThat(client.described).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (%s) TO STDOUT",
        "COPY(%s)TO STDOUT CSV",
        "/* é€😀 ( */ COPY -- (\n ( /* ( */ %s -- )\n ) TO STDOUT BINARY",
        "BEGIN; COPY (%s) TO STDOUT; COMMIT",
      })
  void query_isDescribedAsItStandsThere(String command) {
    client.results.put(FILTER, described("id", "items", 1));
    client.runs(command.formatted(FILTER));
    assertThat(client.described).containsExactly(FILTER);
  }

  @Test
  void table_isDescribedByItsColumns_withoutWhatInheritsFromIt() {
    client.ask("COPY secret.items TO STDOUT");
    client.ask("COPY secret.items (name, id) TO STDOUT");
    client.path = "secret";
    client.runs("SET search_path = secret");
    client.ask("COPY Items (\"name\") TO STDOUT");
    assertThat(client.described)
        .containsExactly(
            "SELECT \"id\", \"name\" FROM ONLY \"secret\".\"items\"",
            "SELECT \"name\", \"id\" FROM ONLY \"secret\".\"items\"",
            "SELECT \"name\" FROM ONLY \"items\"");
  }

  @Test
  void descriptionThatFits_letsItRun_andNoOtherResultPasses() {
    client.results.put(FILTER, described("id", "items", 1));
    Decision decision = client.ask(FILTERED);
    assertThat(decision).isInstanceOf(Decision.Run.class);
    Decision.Run run = (Decision.Run) decision;
    assertThat(run.plan().copy(1, false)).isEqualTo(CopyShape.PASS);
    assertThat(run.plan().copy(1, false)).isInstanceOf(CopyShape.Veto.class);
    Decision.Run again = (Decision.Run) client.ask(FILTERED);
    assertThat(again.plan().copy(2, false)).isInstanceOf(CopyShape.Veto.class);
    Decision.Run binary = (Decision.Run) client.ask(FILTERED);
    assertThat(binary.plan().copy(1, true)).isInstanceOf(CopyShape.Veto.class);
  }

  @Test
  void descriptionOfSomethingElse_refuses() {
    for (ResultDescription other :
        List.of(
            new ResultDescription(List.of()),
            described("name", "items", 1),
            described("id", "items", 2),
            described("id", "others", 1),
            new ResultDescription(
                List.of(
                    described("id", "items", 1).columns().getFirst(),
                    described("id", "items", 1).columns().getFirst())))) {
      client.results.put(FILTER, other);
      assertThat(Client.refusal(client.ask(FILTERED)))
          .startsWith("POLICY: the result is withheld: where its columns come from");
    }
    client.results.put(FILTER, described("id", "items", 1));
    client.runs(FILTERED);
  }

  @Test
  void maskThatIsNotDefined_refuses() {
    String sql = "SELECT name FROM secret.items";
    client.results.put(sql, described("name", "items", 2));
    assertThat(Client.refusal(client.ask("COPY (" + sql + ") TO STDOUT")))
        .contains("is not defined for column 1");
  }

  @Test
  void whatTheServerCannotDescribe_isRefusedWithItsCode() {
    Decision decision = client.ask(FILTERED);
    assertThat(decision).isInstanceOf(Decision.Refuse.class);
    Refusal refusal = ((Decision.Refuse) decision).refusal();
    assertThat(refusal.code()).isEqualTo("42703");
    assertThat(refusal.message()).contains("did not describe").doesNotContain("'x'");
  }

  @Test
  void severalCopies_areDescribedInOrder() {
    String other = "SELECT id FROM secret.items WHERE name = 'y'";
    client.results.put(FILTER, described("id", "items", 1));
    client.results.put(other, described("id", "items", 1));
    client.runs(
        FILTERED
            + "; COPY (SELECT 1) TO STDOUT; COPY ("
            + other
            + ") TO STDOUT; SELECT id FROM open.items");
    assertThat(client.described).containsExactly(FILTER, other);
  }

  /** What was described earlier, or for another command, counts for nothing. */
  @Test
  void everyCommand_isDescribedAnew() {
    client.results.put(FILTER, described("id", "items", 1));
    client.runs(FILTERED);
    client.runs(FILTERED);
    assertThat(client.described).hasSize(2);
    client.submit(Stage.EXECUTE, Asked.Text.of(FILTERED));
    client.awaitAgain();
    client.withdraws();
    client.runs(FILTERED);
    assertThat(client.described.size()).isGreaterThan(2);
  }

  /** The answer for a command that was given up comes when another one waits for its own. */
  @Test
  void lateDescription_isNotToldToAnotherCommand() {
    String other = "SELECT id FROM secret.items WHERE name = 'y'";
    client.results.put(FILTER, described("id", "items", 1));
    client.results.put(other, described("id", "items", 1));
    client.runs(FILTERED);
    client.runs("COPY (" + other + ") TO STDOUT");
    client.described.clear();
    CompletableFuture<Void> slow = new CompletableFuture<>();
    client.describing = slow;
    submitsUntilDescribed(FILTERED);
    assertThat(client.described).containsExactly(FILTER);
    client.withdraws();
    client.describing = CompletableFuture.completedFuture(null);
    Asked.Text next = Asked.Text.of("COPY (" + other + ") TO STDOUT");
    submitsUntilDescribed("COPY (" + other + ") TO STDOUT");
    client.awaitAgain();
    slow.complete(null);
    assertThat(client.submit(Stage.EXECUTE, next)).isInstanceOf(Decision.Run.class);
    assertThat(client.described).containsExactly(FILTER, other);
  }

  private void submitsUntilDescribed(String sql) {
    int before = client.described.size();
    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(sql))).isEqualTo(Answer.LATER);
    while (client.described.size() == before) {
      client.awaitAgain();
      assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(sql))).isEqualTo(Answer.LATER);
    }
  }

  @Test
  void preparing_describesNothing() {
    client.prepares("c", FILTERED);
    assertThat(client.described).isEmpty();
  }

  @Test
  void behindACommandThatRuns_itWaitsUntilAllHasSettled() {
    client.results.put(FILTER, described("id", "items", 1));
    client.runs(FILTERED);
    client.described.clear();
    client.transaction = Transaction.UNDECIDED;
    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(FILTERED))).isEqualTo(Answer.LATER);
    assertThat(client.described).isEmpty();
    client.transaction = Transaction.NONE;
    client.settles();
    client.awaitAgain();
    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(FILTERED))).isEqualTo(Answer.LATER);
    assertThat(client.described).containsExactly(FILTER);
  }

  /** It could change the encoding, and with it where fields end. */
  @Test
  void codeBeforeItInTheMessage_refuses() {
    client.results.put(FILTER, described("id", "items", 1));
    assertThat(Client.refusal(client.ask("SELECT open.unread(); " + FILTERED)))
        .contains("may change how its result is encoded");
    client.runs(FILTERED);
  }
}
