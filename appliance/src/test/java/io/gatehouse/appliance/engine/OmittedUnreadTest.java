package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Submission;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where something must never be on record, nothing is of what nobody read. */
class OmittedUnreadTest {
  private static final String RULES =
      """
      rules:
        - {name: never, resources: {tables: [secret.items]}, verdict: omit}
        - {name: all, verdict: allow}
      """;

  @TempDir private Path folder;

  private record ByNumber(long function, Binds arguments) implements CommandForm.FunctionCall {}

  private static String kept(Client client, Decision decision) {
    return client.grounds().decided(decision).results();
  }

  @Test
  void whatWasNotRead_isNotKept() {
    try (Courtroom room = Courtroom.of(folder, RULES)) {
      Client client = room.client();
      Decision tooLong = client.ask("SELECT '" + "x".repeat(20_000) + "'");
      assertThat(tooLong).isInstanceOf(Decision.Refuse.class);
      assertThat(kept(client, tooLong)).isEqualTo("omitted-by never");
      assertThat(client.grounds().results()).isFalse();

      Decision byNumber = client.ask(Submission.Stage.EXECUTE, new ByNumber(1, Binds.NONE));
      assertThat(byNumber).isInstanceOf(Decision.Refuse.class);
      assertThat(kept(client, byNumber)).isEqualTo("omitted-by never");
    }
  }

  @Test
  void whatWasRead_isKept_unlessItIsNamed() {
    try (Courtroom room = Courtroom.of(folder, RULES)) {
      Client client = room.client();
      for (int again = 0; again < 2; again++) {
        Decision open = client.ask("SELECT name FROM open.items");
        assertThat(kept(client, open)).isEqualTo("whole");
        client.ends(OutcomeKind.SUCCEEDED);
        Decision secret = client.ask("SELECT name FROM secret.items");
        assertThat(kept(client, secret)).isEqualTo("omitted-by never");
        client.ends(OutcomeKind.SUCCEEDED);
      }
    }
  }
}
