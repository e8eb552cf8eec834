package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.query;
import static io.gatehouse.mysql.relay.Talk.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComInitDb;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComResetConnection;
import io.gatehouse.mysql.message.ComStatistics;
import io.gatehouse.mysql.message.ComStmtClose;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtFetch;
import io.gatehouse.mysql.message.ComStmtReset;
import io.gatehouse.mysql.message.ComStmtSendLongData;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.mysql.testing.Recorder;
import io.gatehouse.mysql.testing.Recorder.Turn;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However the network cuts a dialogue into pieces, both sides hear the same: whole dialogues of
 * both servers, cut at every byte, passed as they are, masked, counted and on record.
 */
class SplitDialoguesIT {
  private static final int NOISE = Boolean.getBoolean("gatehouse.long") ? 200_000 : 1_000;

  /** A dialogue behind a login, and what that login left. */
  private record Recorded(List<Turn> turns, Function<Channel, ServerConnection> connection) {

    byte[] all(boolean ofServer) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      turns.stream().filter(t -> t.ofServer() == ofServer).forEach(t -> all.writeBytes(t.bytes()));
      return all.toByteArray();
    }
  }

  /** Stars on every text, in the rows of every result. */
  private static final ResultPlan STARS =
      new ResultPlan() {
        @Override
        public ResultShape shape(ResultDescription description) {
          FieldMask mask = value -> value instanceof Value.Text ? new Value.Text("***") : value;
          List<@Nullable FieldMask> masks =
              description.columns().stream().<@Nullable FieldMask>map(_ -> mask).toList();
          return new ResultShape.Rewrite(masks);
        }

        @Override
        public Diagnostics diagnostics() {
          return Diagnostics.CODE_ONLY;
        }
      };

  private static final ResultLimits MANY = new ResultLimits(1_000_000, 1_000_000_000);

  private static Recorded record(Flavour flavour) {
    try (Recorder recorder = new Recorder(RealServer.of(flavour).port())) {
      RawClient.Entered entered =
          RawClient.enter(
              recorder.port(),
              Held.NATIVE.user(),
              Held.NATIVE.password(),
              AuthPlugin.MYSQL_NATIVE_PASSWORD,
              RawClient.USUAL,
              null);
      OkPacket ok = (OkPacket) entered.heard().getLast();
      recorder.take();
      Conversation talk = new Conversation(entered.connection());
      talk(talk);
      Upstream upstream = Gateway.upstream(flavour, Held.NATIVE, null);
      List<Turn> turns = recorder.take();
      entered.connection().close();
      return new Recorded(
          turns,
          channel ->
              new ServerConnection(channel, upstream, entered.greeting(), talk.spoken(), ok));
    }
  }

  private static void talk(Conversation talk) {
    query(talk, "SELECT 'text' AS a, NULL, 42, 1.5 UNION ALL SELECT 'more', 'b', -1, 2");
    query(talk, "SELECT 1 FROM (SELECT 1) t WHERE 1 = 0");
    query(talk, "DO 1; SELECT 'two'; SELECT 'three'");
    query(talk, "SELECT nothing FROM nowhere");
    query(talk, "SET NAMES utf8mb4; USE information_schema");
    talk.ask(new ComInitDb(utf8(RealServer.DATABASE)));
    query(talk, "START TRANSACTION");
    query(talk, "SELECT REPEAT('x', 300)");
    query(talk, "ROLLBACK");
    int id = Talk.prepare(talk, "SELECT ? AS a, 'b' AS b UNION ALL SELECT 'c', 'd'");
    byte[] bound = HexFormat.of().parseHex("0001fd0003616263");
    talk.ask(new ComStmtExecute(id, 0, 1, bound));
    talk.tell(new ComStmtSendLongData(id, 0, utf8("ahead")));
    talk.ask(new ComStmtExecute(id, 0, 1, HexFormat.of().parseHex("0001fd00")));
    talk.ask(new ComStmtExecute(id, ComStmtExecute.CURSOR, 1, bound));
    talk.ask(new ComStmtFetch(id, 1));
    talk.ask(new ComStmtFetch(id, 5));
    talk.ask(new ComStmtReset(id));
    talk.tell(new ComStmtClose(id));
    talk.ask(new ComPing());
    talk.ask(new ComStatistics());
    talk.ask(new ComResetConnection());
    talk.ask(new ComPing());
  }

  /** What came of a dialogue that was cut so. */
  @SuppressWarnings("ArrayRecordComponent") // compared one by one
  private record Heard(byte[] client, byte[] server, byte[] record, boolean over) {

    void is(Heard other, String how) {
      assertThat(server).as("to the server, %s", how).isEqualTo(other.server);
      assertThat(client).as("to the client, %s", how).isEqualTo(other.client);
      assertThat(record).as("on record, %s", how).isEqualTo(other.record);
      assertThat(over).as("over, %s", how).isEqualTo(other.over);
    }
  }

  /** Replays dialogues by one script. */
  private record Stage(Recorded recorded, ResultPlan plan, boolean records, Connector connector) {

    Heard replay(IntFunction<int[]> cuts) {
      Kept kept = new Kept(false);
      ScriptedGate gate = new ScriptedGate(Gateway.upstream(Flavour.MYSQL, Held.NATIVE, null));
      boolean plain = plan.equals(ResultPlan.UNTOUCHED) && !records;
      Decision.Run run = plain ? Decision.RUN : new Decision.Run(plan, MANY);
      gate.script((_, _) -> records ? run.recordedIn(kept) : run);
      try (Replayed replayed =
          new Replayed(recorded.connection(), gate, Gateway.PATIENT, connector)) {
        for (int i = 0; i < recorded.turns().size(); i++) {
          Turn turn = recorded.turns().get(i);
          int from = 0;
          for (int cut : cuts.apply(i)) {
            replayed.hear(turn, from, cut);
            from = cut;
          }
          replayed.hear(turn, from, turn.bytes().length);
        }
        return new Heard(
            replayed.toClient(),
            replayed.toServer(),
            ByteBufUtil.getBytes(kept.all),
            replayed.over());
      }
    }

    void everyCut(Heard whole) {
      for (int i = 0; i < recorded.turns().size(); i++) {
        int length = recorded.turns().get(i).bytes().length;
        for (int at = 1; at < length; at++) {
          int turn = i;
          int[] cut = {at};
          replay(other -> other == turn ? cut : new int[0]).is(whole, "turn " + i + " at " + at);
        }
      }
      replay(turn -> IntStream.range(1, length(turn)).toArray()).is(whole, "byte by byte");
    }

    private int length(int turn) {
      return recorded.turns().get(turn).bytes().length;
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyCut_isHeardAlike(Flavour flavour) {
    Recorded recorded = record(flavour);
    try (Transport transport = new Transport(1)) {
      Connector connector = new Connector(transport, Gateway.PATIENT, Meters.NONE);
      for (ResultPlan plan : List.of(ResultPlan.UNTOUCHED, STARS)) {
        for (boolean records : new boolean[] {false, true}) {
          Stage stage = new Stage(recorded, plan, records, connector);
          Heard whole = stage.replay(_ -> new int[0]);
          assertThat(whole.over()).isFalse();
          assertThat(whole.server()).isEqualTo(recorded.all(false));
          if (plan.equals(ResultPlan.UNTOUCHED)) {
            assertThat(whole.client()).isEqualTo(recorded.all(true));
          } else {
            assertThat(new String(whole.client(), StandardCharsets.ISO_8859_1))
                .contains("***")
                .doesNotContain("text")
                .doesNotContain("xxx")
                .doesNotContain("nowhere");
          }
          stage.everyCut(whole);
        }
      }
    }
  }

  /** Whatever a server says, or a client, the session goes on or ends; nothing escapes. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void noiseInADialogue_endsTheSessionAtMost(Flavour flavour) {
    Recorded recorded = record(flavour);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Transport transport = new Transport(1)) {
      Connector connector = new Connector(transport, Gateway.PATIENT, Meters.NONE);
      for (int round = 0; round < NOISE; round++) {
        List<Turn> changed = new ArrayList<>(recorded.turns());
        int turn = random.nextInt(changed.size());
        byte[] bytes = changed.get(turn).bytes().clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        changed.set(turn, new Turn(changed.get(turn).ofServer(), bytes));
        Recorded noisy = new Recorded(changed.subList(0, turn + 1), recorded.connection());
        ResultPlan plan = random.nextBoolean() ? STARS : ResultPlan.UNTOUCHED;
        try {
          new Stage(noisy, plan, random.nextBoolean(), connector).replay(_ -> new int[0]);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + ", round " + round, e);
        }
      }
    }
  }
}
