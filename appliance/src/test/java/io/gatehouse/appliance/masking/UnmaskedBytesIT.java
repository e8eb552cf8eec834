package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not masked arrives as the server sent it, whatever its type, beside what is masked. */
class UnmaskedBytesIT {
  private static final long SEED = Long.getLong("gatehouse.seed", new Random().nextLong());
  private static final int FEW = 7;
  private static final String POLICY =
      """
      masks:
        last-four: {kind: keep-last, count: 4}
      rules:
        - {name: all, verdict: allow}
        - name: protected
          resources: {columns: [every.types.pan]}
          verdict: mask
          mask: last-four
          strength: output
      """;

  /** Other forms for the same values. */
  private static final Map<String, String> STYLES =
      Map.of(
          "DateStyle", "SQL, DMY",
          "IntervalStyle", "iso_8601",
          "bytea_output", "escape",
          "extra_float_digits", "0",
          "TimeZone", "Asia/Kathmandu",
          "xmloption", "document");

  @TempDir private static Path folder;
  private static EveryType types;
  private static BankServer server;
  private static GatedBank gate;

  /** How the rows are asked for. */
  enum Way {
    SIMPLE,
    TEXT,
    BINARY,
    EACH_ITS_OWN,
    PORTAL_TEXT,
    PORTAL_BINARY
  }

  @BeforeAll
  static void start() throws Exception {
    types = new EveryType(SEED);
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run("bank", types.script());
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  private record Both(Answer direct, Answer gated) {}

  private static Both ask(String sql, Way way, Map<String, String> settings) throws IOException {
    return new Both(
        ask(server.login("bank"), sql, way, settings), ask(gate.login("bank"), sql, way, settings));
  }

  private static Answer ask(Login login, String sql, Way way, Map<String, String> settings)
      throws IOException {
    Login styled = login;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      styled = styled.parameter(setting.getKey(), setting.getValue());
    }
    try (TappedClient client = TappedClient.connect(styled)) {
      return ask(client, sql, way);
    }
  }

  private static Answer ask(TappedClient client, String sql, Way way) throws IOException {
    return switch (way) {
      case SIMPLE -> client.query(sql);
      case TEXT -> client.extended(sql, List.of(), Format.TEXT);
      case BINARY -> client.extended(sql, List.of(), Format.BINARY);
      case EACH_ITS_OWN ->
          client.parse("", sql).send('B', formats()).describePortal("").execute("", 0).sync();
      case PORTAL_TEXT -> portal(client, sql, Format.TEXT);
      case PORTAL_BINARY -> portal(client, sql, Format.BINARY);
    };
  }

  /** The body of a Bind with a format of its own for each column but the id. */
  private static byte[] formats() {
    SplittableRandom random = new SplittableRandom(SEED);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int columns = types.columns() + 1;
    body.writeBytes(new byte[6]);
    body.writeBytes(ByteBuffer.allocate(2).putShort((short) columns).array());
    for (int i = 0; i < columns; i++) {
      body.write(0);
      body.write(random.nextInt(2));
    }
    return body.toByteArray();
  }

  private static Answer portal(TappedClient client, String sql, Format format) throws IOException {
    client.query("BEGIN");
    client.parse("s", sql).bind("p", "s", List.of(), format).describePortal("p");
    List<Received> all = new ArrayList<>();
    boolean more = true;
    while (more) {
      Answer part =
          client.execute("p", FEW).flush(message -> message.type() == 's' || message.type() == 'C');
      all.addAll(part.messages());
      more = part.messages().getLast().type() == 's';
    }
    all.addAll(client.sync().messages());
    return new Answer(all);
  }

  /**
   * @param secret where the protected column is
   */
  private static void alikeBut(int secret, Both both, String what) {
    assertThat(both.gated().error()).as(what).isEmpty();
    List<Received> direct = both.direct().messages();
    List<Received> gated = both.gated().messages();
    assertThat(kinds(both.gated())).as(what).isEqualTo(kinds(both.direct()));
    assertThat(both.gated().of('D').count()).as(what).isEqualTo(EveryType.ROWS);
    for (int i = 0; i < direct.size(); i++) {
      if (direct.get(i).type() == 'D') {
        alikeBut(secret, direct.get(i).fields(), gated.get(i).fields(), what);
      } else {
        assertThat(gated.get(i)).as(what).isEqualTo(direct.get(i));
      }
    }
    assertThat(Markers.tokens().in(both.gated().bytes())).as(what).isEmpty();
    assertThat(Markers.tokens().in(both.direct().bytes())).as(what).isNotEmpty();
  }

  private static void alikeBut(
      int secret, List<Optional<byte[]>> direct, List<Optional<byte[]>> gated, String what) {
    assertThat(gated).as(what).hasSameSizeAs(direct);
    for (int i = 0; i < direct.size(); i++) {
      if (i == secret) {
        assertThat(gated.get(i).map(UnmaskedBytesIT::text))
            .as(what)
            .isEqualTo(direct.get(i).map(field -> "****" + text(field).substring(14)));
      } else {
        assertThat(gated.get(i).isPresent()).as(what).isEqualTo(direct.get(i).isPresent());
        assertThat(gated.get(i).orElse(new byte[0]))
            .as("%s, column %s", what, i)
            .isEqualTo(direct.get(i).orElse(new byte[0]));
      }
    }
  }

  private static String text(byte[] field) {
    return new String(field, UTF_8);
  }

  private static String kinds(Answer answer) {
    StringBuilder kinds = new StringBuilder();
    answer.messages().forEach(message -> kinds.append(message.type()));
    return kinds.toString();
  }

  private static String select(String columns) {
    return "SELECT " + columns + " FROM " + EveryType.TABLE + " ORDER BY id";
  }

  private static String seeded(Object what) {
    return what + ", -Dgatehouse.seed=" + SEED;
  }

  @ParameterizedTest
  @EnumSource
  void oneMaskedAmongAllTypes_allOthersByteForByte(Way way) throws Exception {
    for (Map<String, String> settings : List.of(Map.<String, String>of(), STYLES)) {
      Both both = ask(select(types.all()), way, settings);
      alikeBut(types.secret(), both, seeded(way + " " + settings));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EACH_ITS_OWN"})
  void nothingMasked_theWholeAnswerByteForByte(Way way) throws Exception {
    for (Map<String, String> settings : List.of(Map.<String, String>of(), STYLES)) {
      Both both = ask(select(types.others()), way, settings);
      assertThat(both.direct().of('D').count()).isEqualTo(EveryType.ROWS);
      assertThat(Arrays.equals(both.gated().bytes(), both.direct().bytes()))
          .as(seeded(way + " " + settings))
          .isTrue();
    }
  }

  @Test
  void oneMaskedBesideOneOfEachType_theOtherByteForByte(TestReporter reporter) throws Exception {
    int fields = 0;
    try (TappedClient direct = TappedClient.connect(server.login("bank"));
        TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      for (int i = 0; i < types.columns(); i++) {
        for (Way way : List.of(Way.SIMPLE, Way.BINARY)) {
          int secret = i % 2;
          String sql = select(secret == 0 ? "pan, c" + i : "c" + i + ", pan");
          Both both = new Both(ask(direct, sql, way), ask(gated, sql, way));
          alikeBut(secret, both, seeded(types.type(i) + " " + way));
          fields += EveryType.ROWS;
        }
      }
    }
    reporter.publishEntry(seeded(types.columns() + " types, " + fields + " fields"));
  }

  /** What a column may have and what can be sent in both formats is all there. */
  @Test
  void typesOfTheServer_areAllTried() throws Exception {
    List<String> missing = new ArrayList<>();
    try (Connection direct = server.direct("bank");
        Statement statement = direct.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT typname FROM pg_type t
                WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm', 'e')
                  AND typcategory <> 'A' AND typsend <> 0 AND typinput::text !~ 'shell'
                  AND NOT EXISTS (SELECT FROM pg_attribute
                    WHERE attrelid = 'every.types'::regclass AND atttypid = t.oid)
                ORDER BY typname
                """)) {
      while (rows.next()) {
        missing.add(rows.getString(1));
      }
    }
    // Those that nobody can enter a value of.
    assertThat(missing)
        .containsExactly(
            "pg_brin_bloom_summary",
            "pg_brin_minmax_multi_summary",
            "pg_dependencies",
            "pg_mcv_list",
            "pg_ndistinct",
            "pg_node_tree");
    assertThat(types.columns()).isGreaterThan(100);
  }
}
