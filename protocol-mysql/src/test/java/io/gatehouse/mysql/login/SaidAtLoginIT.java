package io.gatehouse.mysql.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComResetConnection;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gate makes of what clients say of themselves. */
class SaidAtLoginIT {
  private static final int LATIN1 = 8;
  private static final int UTF8MB4 = 45;
  private static final int GBK = 28;

  private static Conversation enter(Gateway gateway, int collation, Map<String, String> said) {
    RawClient.Entered entered =
        RawClient.enter(
            gateway.port(),
            "ann",
            ScriptedGate.PASSWORD,
            AuthPlugin.CACHING_SHA2_PASSWORD,
            RawClient.USUAL,
            Certificates.clientContext(),
            new RawClient.Said(collation, said));
    assertThat(entered.heard().getLast()).isInstanceOf(OkPacket.class);
    return new Conversation(entered.connection());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "mysqlsh, mysqlsh",
    "'two words', 'two words'",
    "'line\nfeed\0\u001b[1m', 'line?feed??[1m'",
    "'\u00e4\ud83d\ude00\u202e', '???'",
  })
  void programsName_isToldToTheEngine_cleaned(String said, String told) {
    try (Gateway gateway = Gateway.to(Flavour.MYSQL)) {
      enter(gateway, UTF8MB4, Map.of("program_name", said, "_pid", "7"));
      enter(gateway, UTF8MB4, Map.of("program_name", said + "x".repeat(5_000)));
      enter(gateway, UTF8MB4, Map.of("application_name", "forged", "role", "root"));
      assertThat(gateway.gate().greeted.get(0).parameters())
          .isEqualTo(Map.of("application_name", told));
      assertThat(gateway.gate().greeted.get(1).parameters().get("application_name"))
          .startsWith(told)
          .hasSize(63);
      assertThat(gateway.gate().greeted.get(2).parameters()).isEmpty();
    }
  }

  /** The values of the executions of what is prepared, a text of two bytes. */
  private static List<Value> watched(Gateway gateway) {
    List<Value> values = new CopyOnWriteArrayList<>();
    gateway
        .gate()
        .script(
            (submission, _) -> {
              CommandForm.Sql sql = (CommandForm.Sql) submission.commands().getFirst();
              for (int i = 0; i < sql.binds().count(); i++) {
                values.add(sql.binds().value(i));
              }
              return Decision.RUN;
            });
    return values;
  }

  private static void execute(Conversation talk) {
    PrepareOk prepared =
        (PrepareOk) talk.ask(new ComStmtPrepare(ascii("SELECT HEX(?)"))).getFirst();
    byte[] bound = HexFormat.of().parseHex("0001fd0002c3a4");
    talk.ask(new ComStmtExecute(prepared.statement(), 0, 1, bound));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void collationOfTheLogin_saysWhatTextMeans(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<Value> values = watched(gateway);
      execute(enter(gateway, UTF8MB4, Map.of()));
      Conversation latin1 = enter(gateway, LATIN1, Map.of());
      execute(latin1);
      execute(enter(gateway, GBK, Map.of()));
      assertThat(values).hasSize(3);
      assertThat(values.getFirst()).isEqualTo(new Value.Text("\u00e4"));
      assertThat(values.subList(1, 3)).hasOnlyElementsOfType(Value.Opaque.class);
      // What the server tells later counts; what a reset leaves nobody tells.
      latin1.ask(new ComQuery(List.of(), ascii("SET NAMES utf8mb4")));
      execute(latin1);
      assertThat(values.getLast()).isEqualTo(new Value.Text("\u00e4"));
      latin1.ask(new ComResetConnection());
      execute(latin1);
      assertThat(values.getLast()).isInstanceOf(Value.Opaque.class);
    }
  }
}
