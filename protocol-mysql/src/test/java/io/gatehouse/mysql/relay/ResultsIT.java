package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.error;
import static io.gatehouse.mysql.relay.Talk.query;
import static io.gatehouse.mysql.relay.Talk.rows;
import static io.gatehouse.mysql.relay.Talk.texts;
import static io.gatehouse.mysql.relay.Talk.through;
import static io.gatehouse.mysql.relay.Talk.utf8;
import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtFetch;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.SessionChange;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gate does to results: masks, limits, records, and what may be read beside them. */
class ResultsIT {
  private static final FieldMask STARS = _ -> new Value.Text("****");
  private static final FieldMask NOTHING = _ -> Value.NULL;
  private static final Refusal NO = Refusal.of(Refusal.Kind.POLICY, "withheld by the script");

  /** Whatever comes is shaped so. */
  private record Plan(Function<ResultDescription, ResultShape> shapes, Diagnostics diagnostics)
      implements ResultPlan {
    @Override
    public ResultShape shape(ResultDescription description) {
      return shapes.apply(description);
    }
  }

  private static Plan plan(Function<ResultDescription, ResultShape> shapes) {
    return new Plan(shapes, Diagnostics.AS_SENT);
  }

  /** The mask for each column of that name. */
  private static Plan masked(String name, FieldMask mask) {
    return plan(
        description -> {
          List<@Nullable FieldMask> masks = new ArrayList<>();
          description.columns().forEach(c -> masks.add(c.name().equals(name) ? mask : null));
          return new ResultShape.Rewrite(masks);
        });
  }

  private static void script(Gateway gateway, Decision decision) {
    gateway.gate().script((_, _) -> decision);
  }

  private static Decision.Run run(ResultPlan plan) {
    return new Decision.Run(plan, ResultLimits.NONE);
  }

  private static List<Message> execute(Conversation conversation, String text, int flags) {
    PrepareOk prepared = (PrepareOk) conversation.ask(new ComStmtPrepare(utf8(text))).getFirst();
    return conversation.ask(new ComStmtExecute(prepared.statement(), flags, 1, new byte[0]));
  }

  private static void works(Gateway gateway, Conversation conversation) {
    script(gateway, Decision.RUN);
    assertThat(texts(query(conversation, "SELECT 'still here'")))
        .containsExactly(List.of("still here"));
  }

  private static ScriptedGate.Told refused(long rows) {
    return new ScriptedGate.Told(OutcomeKind.REFUSED, rows, null);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void masks_areInTextAndBinaryRows(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      List<ResultDescription> described = new CopyOnWriteArrayList<>();
      Plan stars = masked("ssn", STARS);
      script(
          gateway,
          run(
              plan(
                  description -> {
                    described.add(description);
                    return stars.shape(description);
                  })));
      String text =
          "SELECT CAST('a' AS CHAR(3)) AS name, CAST('078-05-1120' AS CHAR(11)) AS ssn, 7 AS n"
              + " UNION ALL SELECT 'b', NULL, 8";
      List<List<@Nullable String>> inText = texts(query(gated, text));
      assertThat(inText).containsExactly(List.of("a", "****", "7"), List.of("b", "****", "8"));
      List<List<@Nullable String>> inBinary = texts(execute(gated, text, 0));
      assertThat(inBinary).hasSize(2).allMatch(row -> "****".equals(row.get(1)));
      assertThat(described)
          .allSatisfy(d -> assertThat(d.columns()).hasSize(3))
          .extracting(d -> d.columns().get(1).binary())
          .containsExactly(false, true);
      assertThat(described.getFirst().columns().get(1))
          .isEqualTo(new ResultDescription.Column("ssn", 0, 0, "varchar", 11, false));
      script(gateway, run(masked("n", NOTHING)));
      assertThat(texts(query(gated, text))).allMatch(row -> row.get(2) == null);
      assertThat(texts(execute(gated, text, 0))).allMatch(row -> row.get(2) == null);
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void eachResult_isShapedByItself(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      AtomicInteger shaped = new AtomicInteger();
      script(
          gateway,
          run(
              plan(
                  _ ->
                      shaped.incrementAndGet() == 2
                          ? new ResultShape.Rewrite(List.of(STARS))
                          : ResultShape.PASS)));
      assertThat(texts(query(gated, "SELECT 'first'; DO 1; SELECT 'second'; SELECT 'third'")))
          .containsExactly(List.of("first"), List.of("****"), List.of("third"));
      assertThat(shaped).hasValue(3);
      script(gateway, Decision.RUN);
      query(gated, "DROP PROCEDURE IF EXISTS both_of");
      query(gated, "CREATE PROCEDURE both_of() BEGIN SELECT 'first'; SELECT 'second'; END");
      script(gateway, run(plan(_ -> new ResultShape.Rewrite(List.of(STARS)))));
      assertThat(texts(query(gated, "CALL both_of()")))
          .containsExactly(List.of("****"), List.of("****"));
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void resultThatIsRefused_isAnErrorBeforeAnyRow(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      script(gateway, run(plan(_ -> new ResultShape.Veto(NO))));
      ErrPacket expected = new ErrPacket(1142, "42000", "withheld by the script");
      assertThat(error(query(gated, "SELECT 'secret'; SELECT 'another'"))).isEqualTo(expected);
      assertThat(error(execute(gated, "SELECT 'secret'", 0))).isEqualTo(expected);
      assertThat(gateway.gate().outcomes).containsExactly(refused(2), refused(1));
      script(
          gateway,
          run(
              plan(
                  _ -> {
                    throw new IllegalStateException("planted");
                  })));
      assertThat(error(query(gated, "SELECT 'secret'")).message())
          .contains("failed to check")
          .doesNotContain("planted");
      script(gateway, run(plan(_ -> new ResultShape.Rewrite(List.of()))));
      assertThat(error(query(gated, "SELECT 'secret'")).code()).isEqualTo(1105);
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void maskThatDoesNotFit_withholdsTheRest(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      for (FieldMask mask :
          List.<FieldMask>of(
              _ -> new Value.Text("far too long for its column"),
              value -> {
                throw new IllegalStateException("planted " + value);
              })) {
        script(gateway, run(masked("ssn", mask)));
        List<Message> answer = query(gated, "SELECT 'abc' AS ssn");
        assertThat(rows(answer)).isEmpty();
        assertThat(answer.getLast())
            .isInstanceOfSatisfying(
                ErrPacket.class,
                e ->
                    assertThat(e.message())
                        .contains("a mask failed")
                        .doesNotContain("planted")
                        .doesNotContain("abc"));
      }
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void limits_endInAnError(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      String four = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4";
      for (ResultPlan plan : List.of(ResultPlan.UNTOUCHED, masked("no such", STARS))) {
        script(gateway, new Decision.Run(plan, new ResultLimits(4, 1_000)));
        assertThat(rows(query(gated, four))).hasSize(4);
        script(gateway, new Decision.Run(plan, new ResultLimits(3, 1_000)));
        for (List<Message> answer :
            List.of(
                query(gated, four), execute(gated, four, 0), query(gated, four + "; " + four))) {
          assertThat(rows(answer)).hasSize(3);
          assertThat(answer.getLast())
              .isInstanceOfSatisfying(ErrPacket.class, e -> assertThat(e.code()).isEqualTo(1226));
        }
        script(gateway, new Decision.Run(plan, new ResultLimits(100, 5)));
        assertThat(rows(query(gated, four))).hasSize(2);
        // Of several packets, the first of which alone would be within the limit.
        script(
            gateway, new Decision.Run(plan, new ResultLimits(100, PacketReader.FULL_BYTES + 10)));
        assertThat(rows(query(gated, "SELECT REPEAT('y', 20000000)"))).isEmpty();
        script(gateway, new Decision.Run(plan, new ResultLimits(100, 20_000_009)));
        assertThat(rows(query(gated, "SELECT REPEAT('y', 20000000)"))).hasSize(1);
      }
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void maskedRowsAtTheBoundary_keepTheirPackets(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      script(gateway, run(masked("ssn", STARS)));
      for (int more = -1; more <= 1; more++) {
        // as the client gets it: a length of nine bytes or four, and five bytes of stars
        int size = PacketReader.FULL_BYTES + more - 4 - 5;
        String text = "SELECT REPEAT('y', " + size + ") AS y, REPEAT('s', 11) AS ssn";
        List<byte @Nullable []> row = rows(query(gated, text)).getFirst();
        byte[] expected = new byte[size];
        Arrays.fill(expected, (byte) 'y');
        assertThat(Arrays.equals(row.get(0), expected)).isTrue();
        assertThat(row.get(1)).isEqualTo(utf8("****"));
      }
      script(gateway, run(masked("y", STARS)));
      assertThat(texts(query(gated, "SELECT REPEAT('y', 40000000) AS y, 1")))
          .containsExactly(List.of("****", "1"));
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void maskedRowOverTheLimit_isRefused(Flavour flavour) {
    try (Gateway gateway =
        Gateway.to(flavour, Gateway.PATIENT.with(Limit.COMMAND_BYTES, 1 << 20))) {
      Conversation gated = through(gateway);
      script(gateway, run(masked("ssn", STARS)));
      for (int size : new int[] {2_000_000, 20_000_000}) {
        List<Message> answer = query(gated, "SELECT REPEAT('y', " + size + "), 1 AS ssn");
        assertThat(rows(answer)).isEmpty();
        assertThat(answer.getLast())
            .isInstanceOfSatisfying(ErrPacket.class, e -> assertThat(e.code()).isEqualTo(1226));
      }
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void rowsOfACursor_areMaskedAsTheyAreFetched(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      script(gateway, run(masked("ssn", STARS)));
      PrepareOk prepared =
          (PrepareOk)
              gated
                  .ask(
                      new ComStmtPrepare(
                          utf8("SELECT 'secret' AS ssn UNION ALL SELECT 'hidden' ORDER BY 1")))
                  .getFirst();
      ComStmtExecute open =
          new ComStmtExecute(prepared.statement(), ComStmtExecute.CURSOR, 1, new byte[0]);
      ComStmtFetch fetch = new ComStmtFetch(prepared.statement(), 1);
      assertThat(rows(gated.ask(open))).isEmpty();
      assertThat(texts(gated.ask(fetch))).containsExactly(List.of("****"));
      script(gateway, run(plan(_ -> new ResultShape.Veto(NO))));
      assertThat(error(gated.ask(fetch)).message()).isEqualTo("withheld by the script");
      // Nobody looked at what it is when it was opened.
      script(gateway, Decision.RUN);
      gated.ask(open);
      script(gateway, run(masked("ssn", STARS)));
      assertThat(error(gated.ask(fetch)).message()).contains("did not describe");
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatTheServerSaysBesides_isKeptBack(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      query(gated, "DROP TABLE IF EXISTS told");
      query(gated, "CREATE TABLE told (id INT AUTO_INCREMENT PRIMARY KEY, v INT)");
      query(gated, "INSERT INTO told (v) VALUES (1), (2)");
      String update = "UPDATE told SET v = 3 WHERE LAST_INSERT_ID(4242) > 0 AND id = 1";
      String settings = "SET time_zone = '+01:00'";
      for (Diagnostics diagnostics : List.of(Diagnostics.WITHOUT_DETAIL, Diagnostics.CODE_ONLY)) {
        script(gateway, run(new Plan(_ -> ResultShape.PASS, diagnostics)));
        ErrPacket failed = error(query(gated, "SELECT EXTRACTVALUE(1, CONCAT('~', 'secret'))"));
        assertThat(failed.code()).isEqualTo(1105);
        assertThat(failed.message()).doesNotContain("secret").contains("could quote");
        OkPacket ok = (OkPacket) query(gated, update).getFirst();
        assertThat(ok.info()).isIn(null, "");
        assertThat(ok.lastInsertId()).isEqualTo(diagnostics == Diagnostics.CODE_ONLY ? 0 : 4242);
        assertThat(((OkPacket) query(gated, settings).getFirst()).changes()).isEmpty();
        assertThat(((OkPacket) query(gated, "USE mysql").getFirst()).changes())
            .contains(new SessionChange.Schema("mysql"));
        assertThat(query(gated, "USE bank")).hasExactlyElementsOfTypes(OkPacket.class);
      }
      assertThat(gateway.gate().settled).last().asString().endsWith(" bank");
      script(gateway, run(plan(_ -> ResultShape.PASS)));
      assertThat(error(query(gated, "SELECT EXTRACTVALUE(1, CONCAT('~', 'secret'))")).message())
          .contains("secret");
      OkPacket ok = (OkPacket) query(gated, update).getFirst();
      assertThat(ok.lastInsertId()).isEqualTo(4242);
      assertThat(ok.info()).contains("matched");
      works(gateway, gated);
    }
  }

  private static byte[] packets(Conversation conversation, List<Message> answer) {
    ByteBuf out = Unpooled.buffer();
    int next = 1;
    for (Message message : answer) {
      next = PacketWriter.write(out, next, body -> message.encode(body, conversation.spoken()));
    }
    return ByteBufUtil.getBytes(out);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatTheClientGets_isOnRecord(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      List<ResultPlan> plans =
          List.of(
              ResultPlan.UNTOUCHED,
              masked("ssn", STARS),
              plan(_ -> new ResultShape.Veto(NO)),
              new Plan(_ -> ResultShape.PASS, Diagnostics.CODE_ONLY));
      for (ResultPlan plan : plans) {
        for (String text :
            List.of(
                "SELECT 'secret' AS ssn, 1; SELECT 'another' AS ssn",
                "DO 1",
                "SELECT nothing FROM nowhere",
                "SELECT REPEAT('y', 300000) AS y, 'secret' AS ssn")) {
          Kept kept = new Kept(text.length() % 2 == 0);
          script(gateway, run(plan).recordedIn(kept));
          List<Message> answer = query(gated, text);
          // The client hears of a refusal before the server has come to the end.
          await().untilAsserted(() -> assertThat(kept.ends).as(text).hasValue(1));
          assertThat(Arrays.equals(ByteBufUtil.getBytes(kept.all), packets(gated, answer)))
              .as(text)
              .isTrue();
        }
      }
      assertThat(gated.ask(new ComPing())).hasSize(1);
      works(gateway, gated);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatCannotBePutOnRecord_isNotSent(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      for (boolean atTheEnd : new boolean[] {false, true}) {
        Conversation gated = through(gateway);
        script(
            gateway,
            run(ResultPlan.UNTOUCHED)
                .recordedIn(
                    (_, _, last, _) -> {
                      if (last == atTheEnd) {
                        throw new ResultRecord.Unrecorded(
                            Refusal.of(Refusal.Kind.UNAVAILABLE, "no record, no result"));
                      }
                      return true;
                    }));
        String text = atTheEnd ? "SELECT 'secret'" : "SELECT REPEAT('y', 200000)";
        assertThat(error(query(gated, text)).message()).isEqualTo("no record, no result");
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(gateway.gate().closed)
                      .containsExactly(CloseReason.INTERNAL_FAULT, CloseReason.INTERNAL_FAULT));
    }
  }
}
