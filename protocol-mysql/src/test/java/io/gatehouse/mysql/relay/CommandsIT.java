package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.query;
import static io.gatehouse.mysql.relay.Talk.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComInitDb;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComResetConnection;
import io.gatehouse.mysql.message.ComSetOption;
import io.gatehouse.mysql.message.ComStatistics;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.StatisticsText;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Submission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsIT {

  private static Conversation through(Gateway gateway) {
    return new Conversation(gateway.enter().connection());
  }

  private static TextRow row(String value) {
    return new TextRow(List.of(utf8(value)));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void anotherDatabase_isSubmittedAsUse(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway.gate().refuse(Submission.Stage.EXECUTE, "USE `mysql`");
      Conversation gated = through(gateway);
      query(gated, "CREATE DATABASE IF NOT EXISTS `a``b`");
      assertThat(gated.ask(new ComInitDb(utf8("mysql"))))
          .hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(query(gated, "SELECT DATABASE()")).contains(row(RealServer.DATABASE));
      assertThat(gated.ask(new ComInitDb(utf8("a`b")))).hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(query(gated, "SELECT DATABASE()")).contains(row("a`b"));
      assertThat(gated.ask(new ComInitDb(utf8("ä`b")))).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(gateway.gate().submitted)
          .contains("EXECUTE USE `mysql`", "EXECUTE USE `a``b`")
          .hasSize(5);
      assertThat(gateway.gate().settled).last().asString().endsWith(" a`b");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void severalStatements_areTurnedOffAndOn(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<Boolean> several = new CopyOnWriteArrayList<>();
      gateway
          .gate()
          .script(
              (submission, _) -> {
                CommandForm.Sql sql = (CommandForm.Sql) submission.commands().getFirst();
                several.add(sql.mayHoldSeveral());
                return Decision.RUN;
              });
      Conversation gated = through(gateway);
      gated.ask(new ComSetOption(ComSetOption.MULTI_STATEMENTS_OFF));
      assertThat(query(gated, "SELECT 1; SELECT 2").getLast()).isInstanceOf(ErrPacket.class);
      assertThat(gated.ask(new ComSetOption(7))).hasExactlyElementsOfTypes(ErrPacket.class);
      query(gated, "SELECT 1");
      gated.ask(new ComSetOption(ComSetOption.MULTI_STATEMENTS_ON));
      assertThat(query(gated, "SELECT 1; SELECT 2").getLast()).isInstanceOf(OkPacket.class);
      assertThat(several).containsExactly(false, false, true);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void reset_isSubmittedAndForgetsStatements(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway.gate().refuse(Submission.Stage.EXECUTE, "RESET CONNECTION");
      Conversation gated = through(gateway);
      List<Message> made = gated.ask(new ComStmtPrepare(utf8("SELECT 1")));
      ComStmtExecute execute =
          new ComStmtExecute(((PrepareOk) made.getFirst()).statement(), 0, 1, new byte[0]);
      query(gated, "SET NAMES latin1");
      assertThat(gated.ask(new ComResetConnection())).hasExactlyElementsOfTypes(ErrPacket.class);
      query(gated, "SET NAMES utf8mb4");
      gateway.gate().script((_, _) -> Decision.RUN);
      query(gated, "USE mysql");
      query(gated, "SET @mine = 1");
      assertThat(gated.ask(new ComResetConnection())).hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(gated.ask(execute)).hasExactlyElementsOfTypes(ErrPacket.class);
      String settled = gateway.gate().settled.getLast();
      TextRow database = (TextRow) query(gated, "SELECT DATABASE()").get(2);
      byte[] name = database.values().getFirst();
      assertThat(settled)
          .isEqualTo("NONE " + (name == null ? null : new String(name, StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void smallCommands_passUnasked(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      assertThat(gated.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(gated.ask(new ComStatistics())).hasExactlyElementsOfTypes(StatisticsText.class);
      assertThat(gateway.gate().submitted).isEmpty();
    }
  }
}
