package io.gatehouse.mysql.login;

import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** COM_CHANGE_USER is a login, and what follows is a session of its own. */
class ChangeUserIT {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ComQuery query(String text) {
    return new ComQuery(List.of(), utf8(text));
  }

  private static @Nullable String value(Conversation talk, String text) {
    TextRow row =
        (TextRow)
            talk.ask(query(text)).stream()
                .filter(TextRow.class::isInstance)
                .findFirst()
                .orElseThrow();
    byte[] value = row.values().getFirst();
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private static ComChangeUser to(String user) {
    return new ComChangeUser(
        user,
        new byte[32],
        RealServer.DATABASE,
        new ComChangeUser.Rest(45, "caching_sha2_password", Map.of("program_name", "changed")));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void withTheProof_isASessionOfItsOwn(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      ScriptedGate gate = gateway.gate();
      RawClient.Entered entered = gateway.enter("ann");
      Conversation talk = new Conversation(entered.connection());
      String before = value(talk, "SELECT CONNECTION_ID()");
      talk.ask(query("SET @left = 'over'"));
      talk.ask(query("CREATE TEMPORARY TABLE left_over (id INT)"));
      talk.ask(query("CREATE TABLE IF NOT EXISTS undone (id INT)"));
      talk.ask(query("BEGIN"));
      talk.ask(query("INSERT INTO undone VALUES (1)"));
      PrepareOk prepared = (PrepareOk) talk.ask(new ComStmtPrepare(utf8("SELECT 1"))).getFirst();
      assertThat(RawClient.change(entered, to("bob"), ScriptedGate.PASSWORD))
          .hasExactlyElementsOfTypes(AuthMoreData.class, OkPacket.class);
      assertThat(gate.closed).containsExactly(CloseReason.CLIENT_TERMINATED);
      assertThat(gate.greeted).extracting(LoginRequest::user).containsExactly("ann", "bob");
      assertThat(gate.greeted.getLast().parameters()).containsEntry("application_name", "changed");
      assertThat(gate.greeted.getLast().tls()).isEqualTo(gate.greeted.getFirst().tls());
      assertThat(value(talk, "SELECT CONNECTION_ID()")).isNotEqualTo(before);
      assertThat(value(talk, "SELECT @left")).isNull();
      assertThat(value(talk, "SELECT DATABASE()")).isEqualTo(RealServer.DATABASE);
      assertThat(talk.ask(query("SELECT * FROM left_over")))
          .hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(value(talk, "SELECT COUNT(*) FROM undone")).isEqualTo("0");
      assertThat(talk.ask(new ComStmtExecute(prepared.statement(), 0, 1, new byte[0])))
          .singleElement()
          .isInstanceOfSatisfying(ErrPacket.class, e -> assertThat(e.code()).isEqualTo(1243));
      entered.connection().close();
      await().until(() -> gate.closed.size() == 2);
    }
  }

  /** The number of the greeting is the new caller's from then on. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void number_goesToTheNewCaller(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered entered = gateway.enter("ann");
      Conversation ann = new Conversation(gateway.enter("ann").connection());
      Conversation bob = new Conversation(gateway.enter("bob").connection());
      RawClient.change(entered, to("bob"), ScriptedGate.PASSWORD);
      String kill = "KILL QUERY " + Integer.toUnsignedString(entered.greeting().connectionId());
      assertThat(ann.ask(query(kill))).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(bob.ask(query(kill))).hasExactlyElementsOfTypes(OkPacket.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void withoutTheProof_isTheEnd(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered entered = gateway.enter("ann");
      List<Message> heard = RawClient.change(entered, to("bob"), "wrong");
      assertThat(heard.getLast())
          .isEqualTo(
              new ErrPacket(1045, "28000", "Access denied for user 'bob' (using password: YES)"));
      assertThat(entered.connection().atEnd()).isTrue();
      await().until(() -> gateway.gate().closed.size() == 2);
      assertThat(gateway.gate().closed)
          .containsExactly(CloseReason.CLIENT_TERMINATED, CloseReason.LOGIN_REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofAnotherPluginOrNone_isSwitched(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered entered = gateway.enter("ann");
      for (ComChangeUser command :
          List.of(
              new ComChangeUser("bob", new byte[20], "", null),
              new ComChangeUser(
                  "bob",
                  new byte[20],
                  RealServer.DATABASE,
                  new ComChangeUser.Rest(45, "mysql_native_password", Map.of())))) {
        assertThat(RawClient.change(entered, command, ScriptedGate.PASSWORD))
            .hasExactlyElementsOfTypes(AuthSwitchRequest.class, AuthMoreData.class, OkPacket.class);
      }
      assertThat(new Conversation(entered.connection()).ask(new ComPing()))
          .hasExactlyElementsOfTypes(OkPacket.class);
    }
  }

  /** It is taken up when what runs has ended, like any command that was sent ahead. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void sentAhead_waitsForItsTurn(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered entered = gateway.enter("ann");
      Conversation talk = new Conversation(entered.connection());
      talk.tell(query("SELECT SLEEP(1)"));
      talk.tell(to("bob"));
      talk.expect(1);
      assertThat(talk.answer(CommandType.COM_QUERY).getLast()).isInstanceOf(OkPacket.class);
      talk.expect(1);
      assertThat(entered.connection().read(AuthMoreData::decode).data()).hasSize(1);
      assertThat(gateway.gate().closed).containsExactly(CloseReason.CLIENT_TERMINATED);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void withSomethingBehindIt_isAViolation(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered entered = gateway.enter("ann");
      ByteBuf both = Unpooled.buffer();
      PacketWriter.write(both, 0, body -> to("bob").encode(body, entered.connection().spoken()));
      PacketWriter.write(
          both, 0, body -> query("SELECT 1").encode(body, entered.connection().spoken()));
      entered.connection().send(ByteBufUtil.getBytes(both));
      entered.connection().expect(1);
      assertThat(entered.connection().read(ErrPacket::decode).code()).isEqualTo(1835);
      await().until(() -> !gateway.gate().closed.isEmpty());
      assertThat(gateway.gate().closed).containsExactly(CloseReason.CLIENT_VIOLATED_PROTOCOL);
      assertThat(gateway.gate().submitted).isEmpty();
    }
  }

  @Test
  void loginThatIsNotFinished_hasAnEnd() {
    try (Gateway gateway =
        Gateway.to(Flavour.MARIADB, Gateway.PATIENT.with(Limit.LOGIN_SECONDS, 10))) {
      RawClient.Entered entered = gateway.enter("ann");
      entered.connection().command(to("bob"));
      entered.connection().read(AuthMoreData::decode);
      assertThat(entered.connection().read(ErrPacket::decode).code()).isEqualTo(1159);
      assertThat(entered.connection().atEnd()).isTrue();
      assertThat(gateway.gate().closed)
          .containsExactly(CloseReason.CLIENT_TERMINATED, CloseReason.LOGIN_TIMED_OUT);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void collationThatNoLoginCanSay_isRefusedAndSurvived(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation talk = new Conversation(gateway.enter("ann").connection());
      ComChangeUser command =
          new ComChangeUser("bob", new byte[0], "", new ComChangeUser.Rest(308, "x", Map.of()));
      assertThat(talk.ask(command)).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(talk.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(gateway.gate().closed).isEmpty();
    }
  }
}
