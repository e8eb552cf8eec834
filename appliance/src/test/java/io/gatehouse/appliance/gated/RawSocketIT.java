package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.sql.attacks.AttackList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attacks that are made of messages, from a socket of our own: first at the server itself, to
 * see that each does what it is listed for, then at the gate, under a policy that denies one table
 * and allows reading all others. What became of each is a table of docs/evasions.md.
 */
class RawSocketIT {
  private static final String POLICY =
      """
      rules:
        - name: not-these
          resources: {tables: [hr.customers, hr.part, hr.part_p1]}
          verdict: deny
        - name: read
          operations: [session, read]
          traits: {none: [user-code, dynamic-code, files, programs, network, locks, identity]}
          verdict: allow
        - name: own-tables
          operations: [session, read, define]
          resources: {tables: ["pg_temp.*"]}
          bodies: unread
          verdict: allow
      """;

  /** In text, in hexadecimal, and a salary as a binary integer with its length. */
  private static final List<byte[]> SECRETS =
      List.of(
          "SECRET-0".getBytes(UTF_8),
          "5345435245542d".getBytes(UTF_8),
          new byte[] {0, 0, 0, 4, 0, 1, 0x5f, (byte) 0x91});

  private static final String SLEEPING =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE wait_event = 'PgSleep' AND query = 'SELECT pg_sleep(20)'";

  private static RealDatabase server;
  @TempDir private static Path folder;
  private static GatedDatabase gate;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(AttackList.fixture());
    server.keep(AttackList.rights());
    gate = GatedDatabase.start(folder, server, "app", POLICY).user("eve");
  }

  @AfterAll
  static void end() throws Exception {
    gate.close();
    server.close();
  }

  @Test
  void attacks_atTheServer_giveTheSecretAway() throws Exception {
    List<String> harmless = new ArrayList<>();
    RawClient.Login app = new RawClient.Login(server.port(), "app", "corp", "");
    for (RawAttack attack : attacks()) {
      try (RawScene scene = new RawScene(server, app, () -> {})) {
        attack.script().run(scene);
        if (leaks(scene) != (attack.expected() == RawAttack.Expected.REFUSED)) {
          harmless.add(attack + ": " + outcome(scene));
        }
      }
      fresh();
    }
    assertThat(harmless).isEmpty();
  }

  @Test
  void attacks_atTheGate_giveNothingAway() throws Exception {
    List<String> through = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (RawAttack attack : attacks()) {
      try (RawScene scene = new RawScene(server, gate.login("eve"), gate::definitionsChanged)) {
        gate.definitionsChanged();
        String before = server.ask(AttackList.state());
        String fault = run(attack, scene);
        boolean lasting = !scene.touched() && !server.ask(AttackList.state()).equals(before);
        boolean alive = scene.heard().stream().allMatch(RawAnswers::ready);
        boolean refused = outcome(scene).contains("refused, ");
        if (!fault.isEmpty()
            || leaks(scene)
            || lasting
            || alive == (attack.expected() == RawAttack.Expected.NO_SESSION)
            || (attack.expected() == RawAttack.Expected.REFUSED && !refused)) {
          through.add(attack + ": " + outcome(scene) + fault + ", " + scene.heard());
        }
        // Which of two rules comes first may depend on what has been answered by then.
        String became = refused ? "refused" : outcome(scene);
        rows.add("| " + attack.id() + " | " + attack.form() + " | " + became + " |");
        if (scene.touched() || lasting) {
          fresh();
        }
      }
    }
    EvasionsDocument.compare(
        "messages",
        "| id | form | what became of it |\n| --- | --- | --- |\n" + String.join("\n", rows));
    assertThat(through).isEmpty();
  }

  @Test
  void cancel_withAnotherKey_reachesNobody() throws Exception {
    try (RawClient client = RawClient.connect(gate.login("eve"))) {
      client.say().query("SELECT count(*) FROM generate_series(1, 300000)");
      client.send();
      client.cancel(gate.port(), false);
      // The gate's own key, brought to the server past the gate.
      client.cancel(server.port(), true);
      client.ready(1);
      assertThat(client.heard().errors()).isEmpty();

      client.say().query("SELECT pg_sleep(20)");
      client.send();
      // What comes before the server has begun cancels nothing.
      await().until(() -> server.ask(SLEEPING).equals("1"));
      client.cancel(gate.port(), true);
      client.end();
      assertThat(client.heard().errors()).containsExactly("error 57014");
    }
  }

  /** What went wrong with it, or empty. */
  private static String run(RawAttack attack, RawScene scene) throws Exception {
    try {
      attack.script().run(scene);
      return "";
    } catch (IOException e) {
      return " " + e;
    }
  }

  private static List<RawAttack> attacks() {
    return Stream.of(new RawNameAttacks(), new RawMessageAttacks())
        .flatMap(list -> list.all().stream())
        .toList();
  }

  private static boolean leaks(RawScene scene) {
    return scene.heard().stream().anyMatch(heard -> SECRETS.stream().anyMatch(heard::holds));
  }

  private static String outcome(RawScene scene) {
    String errors =
        scene.heard().stream()
            .flatMap(heard -> heard.errors().stream())
            .distinct()
            .collect(Collectors.joining("; "));
    return Stream.of(errors).filter(text -> !text.isEmpty()).findFirst().orElse("ran");
  }

  private static void fresh() throws Exception {
    server.renew();
  }
}
