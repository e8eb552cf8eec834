package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Submission.Stage;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that a verdict depends on is changed alone, and the verdict follows. */
final class DecidingTest {
  private static final String OPEN =
      """
      rules:
        - name: own
          operations: [session]
          verdict: allow
        - name: open
          callers: {groups: [analysts]}
          targets: [shop-db]
          databases: [shop]
          resources: {schemas: [open, pg_catalog]}
          traits: {none: [user-code]}
          verdict: allow
      """;
  private static final String ITEMS = "SELECT name FROM items WHERE id = 7";

  @TempDir private Path folder;
  private Courtroom room;

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, OPEN);
  }

  private Client client(String policy) {
    room.activate(policy);
    return room.client();
  }

  @AfterEach
  void close() {
    room.close();
  }

  private static String refused(Client client, String sql) {
    return Client.refusal(client.ask(sql));
  }

  @Test
  void text_otherTable_otherVerdict() {
    Client client = client(OPEN);

    client.runs("SELECT name FROM open.items");
    assertThat(refused(client, "SELECT name FROM secret.items")).contains("default-deny");
    client.runs("SELECT name FROM open.items");
  }

  @Test
  void knownText_isAnsweredAtOnce() {
    Client client = client(OPEN);
    client.runs(ITEMS);

    assertThat(client.submit(Stage.EXECUTE, Asked.Text.of(ITEMS))).isEqualTo(Decision.RUN);
    assertThat(client.wanted).isEmpty();
    assertThat(room.client().ask(ITEMS)).isEqualTo(Decision.RUN);
    assertThat(room.court.cache().size()).isEqualTo(2); // before its names were known, and after
  }

  @Test
  void searchPathMoved_otherTableIsMeant() {
    Client client = client(OPEN);
    client.runs(ITEMS);

    client.path = "secret, open";
    client.runs("SET search_path = secret, open");
    assertThat(refused(client, ITEMS)).contains("default-deny", "secret.items");
    client.path = "open";
    client.runs("SET search_path = open");
    client.runs(ITEMS);
  }

  @Test
  void searchPathReportedByTheServer_isNotAskedFor() {
    Client client = client(OPEN);
    client.settings.put("search_path", "open");
    client.runs(ITEMS);
    int before = client.inquiries;

    Decision decision = client.ask("SET search_path = secret");
    client.settings.put("search_path", "\"secret\"");
    client.ran(decision, "SET");
    assertThat(refused(client, ITEMS)).contains("default-deny", "secret.items");
    assertThat(client.inquiries).isEqualTo(before);
  }

  private Client fresh(String login) {
    return fresh(login, Courtroom.SHOP);
  }

  private Client fresh(String login, Upstream upstream) {
    Routes.Passage passage =
        new Routes.Passage(Target.Protocol.POSTGRESQL, upstream, Courtroom.SHOP);
    Client client = new Client(room.court, Courtroom.ANN, passage, "192.0.2.1", false);
    client.settings.put("search_path", "open");
    client.settings.put("session_authorization", login);
    return client;
  }

  @Test
  void freshSession_ofTheCatalogsUser_isNotAskedFor() {
    Client client = fresh("gate");

    client.runs(ITEMS);

    assertThat(client.inquiries).isZero();
  }

  @Test
  void freshSession_ofAnotherUserThanTheCatalogs_isAskedFor() {
    Client client = fresh("other");

    client.runs(ITEMS);

    assertThat(client.inquiries).isEqualTo(1);
  }

  /** A role's settings are not taken on with it, those of the login hold. */
  @Test
  void freshSession_ofAnotherLoginWithTheSameRole_isAskedFor() {
    Upstream shop = Courtroom.SHOP;
    Upstream other =
        new Upstream(
            shop.target(),
            shop.endpoint(),
            new Credential("other", null),
            shop.database(),
            "gate",
            shop.parameters());
    Client client = fresh("other", other);

    client.runs(ITEMS);

    assertThat(client.inquiries).isEqualTo(1);
  }

  @Test
  void freshSession_whereCodeMayRunAtLogin_isAskedFor() {
    room.catalogs.put(SmallCatalog.withEventTrigger(2));
    Client client = fresh("gate");

    client.runs(ITEMS);

    assertThat(client.inquiries).isEqualTo(1);
  }

  @Test
  void temporaryTableInFront_isWhatIsMeant() {
    String scratch =
        OPEN
            + "  - {name: own-tables, resources: {schemas: [pg_temp]}, bodies: unread, verdict:"
            + " allow}\n";
    Client client = client(scratch);
    client.runs(ITEMS);

    client.temporary.add("items");
    client.runs("CREATE TEMPORARY TABLE items (id int4)");
    room.activate(scratch + "  - {name: no-open, resources: {schemas: [open]}, verdict: deny}\n");
    assertThat(client.ask(ITEMS)).isEqualTo(Decision.RUN);
    assertThat(refused(room.client(), ITEMS)).contains("no-open");
  }

  @Test
  void standardStringsOff_notUnderstood() {
    Client client = client(OPEN);
    client.runs(ITEMS);

    client.settings.put("standard_conforming_strings", "off");
    assertThat(refused(client, ITEMS)).contains("not-understood", "standard_conforming_strings");
    client.settings.put("standard_conforming_strings", "on");
    client.runs(ITEMS);
    client.settings.remove("standard_conforming_strings");
    assertThat(refused(client, ITEMS)).contains("not-understood");
  }

  @Test
  void otherEncoding_notUnderstood() {
    Client client = client(OPEN);
    client.runs(ITEMS);

    client.settings.put("client_encoding", "SJIS");
    assertThat(refused(client, ITEMS)).contains("not-understood", "client_encoding");
    client.settings.put("client_encoding", "UTF8");
    client.runs(ITEMS);
  }

  @Test
  void bytesThatAreNoText_notUnderstood() {
    Client client = client(OPEN);
    Asked.Text text = Asked.Text.of("SELECT ''");

    byte[] overlong = "SELECT '..'".getBytes(StandardCharsets.ISO_8859_1);
    overlong[8] = (byte) 0xc0;
    overlong[9] = (byte) 0xa7;
    assertThat(Client.refusal(client.ask(Stage.EXECUTE, text.withBytes(overlong))))
        .contains("not valid UTF-8");
    byte[] zero = "SELECT 1\0; x".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Client.refusal(client.ask(Stage.EXECUTE, text.withBytes(zero))))
        .contains("zero byte");
  }

  @Test
  void catalogChanged_verdictFollows() {
    Client client = client(OPEN);
    client.runs(ITEMS);

    room.catalogs.put(SmallCatalog.of(2, true));
    assertThat(refused(client, ITEMS)).contains("default-deny");
    room.catalogs.put(SmallCatalog.of(3, false));
    client.runs(ITEMS);
  }

  @Test
  void policyReplaced_verdictFollows() {
    Client client = client(OPEN);
    client.runs(ITEMS);

    room.activate(OPEN.replace("[open, pg_catalog]", "[secret]"));
    assertThat(refused(client, ITEMS)).contains("default-deny");
    room.activate(OPEN);
    client.runs(ITEMS);
  }

  @Test
  void otherCallerOrPlace_otherVerdict() {
    client(OPEN).runs(ITEMS);
    Caller clerk = Caller.of("ann", Set.of("clerks"), ProofMethod.LOCAL_PASSWORD);
    Upstream elsewhere = Courtroom.upstream("other-db", "shop", null);
    Upstream archive = Courtroom.upstream("shop-db", "archive", null);

    assertThat(refused(room.client(clerk), ITEMS)).contains("default-deny");
    assertThat(refused(new Client(room.court, Courtroom.ANN, elsewhere, "192.0.2.1"), ITEMS))
        .contains("default-deny");
    assertThat(refused(new Client(room.court, Courtroom.ANN, archive, "192.0.2.1"), ITEMS))
        .contains("default-deny");
    assertThat(room.client().ask(ITEMS)).isEqualTo(Decision.RUN);
  }

  @Test
  void severalStatementsWhereOneIsMeant_notUnderstood() {
    Client client = client(OPEN);
    client.runs("SELECT 1; SELECT 2");

    assertThat(
            Client.refusal(client.ask(Stage.PREPARE, Asked.Text.of("SELECT 1; SELECT 2").alone())))
        .contains("not-understood");
  }

  @Test
  void timeOfDay_isAskedEachTime() {
    Client client =
        client(OPEN + "  - {name: lunch, when: \"now.getHours() == 13\", verdict: deny}\n");
    client.runs(ITEMS);

    room.now = Instant.parse("2026-01-07T13:00:00Z");
    assertThat(refused(client, ITEMS)).contains("lunch");
    room.now = Instant.parse("2026-01-07T14:00:00Z");
    client.runs(ITEMS);
    assertThat(client.wanted).isEmpty();
  }

  @Test
  void source_isAskedEachTime() {
    Client client =
        client(
            OPEN
                + "  - {name: outside, when: \"!inNetwork(source, '192.0.2.0/24')\", verdict:"
                + " deny}\n");
    client.runs(ITEMS);

    Client outside = new Client(room.court, Courtroom.ANN, Courtroom.SHOP, "198.51.100.7");
    assertThat(refused(outside, ITEMS)).contains("outside");
    client.runs(ITEMS);
  }

  @Test
  void bindValues_areAskedEachTime() {
    Client client =
        client(
            OPEN
                + "  - {name: not-seven, resources: {schemas: [open]},"
                + " when: \"binds[0] == 7\", verdict: deny}\n");
    Asked.Text text = client.prepares("p", "SELECT name FROM items WHERE id = $1", "23");

    client.ran(client.executes(text, new Value.Int(6)), "6");
    assertThat(Client.refusal(client.executes(text, new Value.Int(7)))).contains("not-seven");
    client.ran(client.executes(text, new Value.Int(8)), "8");
    assertThat(Client.refusal(client.executes(text))).contains("not-seven");
  }

  @Test
  void preparedUnderARuleThatReadsNoValues_isRefusedAlready() {
    Client client =
        client(OPEN + "  - {name: lunch, when: \"now.getHours() == 12\", verdict: deny}\n");

    assertThat(
            Client.refusal(client.ask(Stage.PREPARE, Asked.Text.prepared("p", ITEMS, Binds.NONE))))
        .contains("lunch");
  }

  @Test
  void functionByItsNumber_isRefused() {
    Client client = client(OPEN);
    CommandForm call =
        new CommandForm.FunctionCall() {
          @Override
          public long function() {
            return 42;
          }

          @Override
          public Binds arguments() {
            return Binds.NONE;
          }
        };

    assertThat(Client.refusal(client.ask(Stage.EXECUTE, call))).contains("by its number");
  }
}
