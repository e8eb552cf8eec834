package io.gatehouse.postgres.message;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.message.TraceLine.Direction;
import io.gatehouse.spi.testing.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageTraceTest {
  private static final byte[] SECRET = bytes("'hunter2'");

  private static String client(FrontendMessage message) {
    return MessageTrace.line(Direction.CLIENT_TO_PROXY, message);
  }

  private static String server(BackendMessage message) {
    return MessageTrace.line(Direction.SERVER_TO_PROXY, message);
  }

  @Test
  void linesNameTheFieldsThatAreNoSecret() {
    assertThat(client(new Query("SELECT 'a\n'\u202e")))
        .isEqualTo("client→proxy Query query=\"SELECT 'a\\n'\\u{202e}\"");
    assertThat(client(new Parse("s", "SELECT $1", new int[] {23, -1})))
        .isEqualTo("client→proxy Parse name=\"s\" query=\"SELECT $1\" types=[23,4294967295]");
    assertThat(client(new Describe(Kind.PORTAL, "p")))
        .isEqualTo("client→proxy Describe portal=\"p\"");
    assertThat(client(new Sync())).isEqualTo("client→proxy Sync");
    assertThat(server(new ReadyForQuery(ReadyForQuery.IDLE)))
        .isEqualTo("server→proxy ReadyForQuery status=I");
    assertThat(
            server(new RowDescription(List.of(new RowDescription.Field("id", 9, 1, 23, 4, -1, 1)))))
        .isEqualTo("server→proxy RowDescription fields=[\"id\" table=9.1 type=23 format=1]");
  }

  @Test
  void startupIsShownWithItsParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", "anna");
    parameters.put("database", "bank");
    assertThat(MessageTrace.line(Direction.PROXY_TO_SERVER, new StartupMessage(3, 2, parameters)))
        .isEqualTo(
            "proxy→server StartupMessage version=3.2 \"user\"=\"anna\" \"database\"=\"bank\"");
  }

  @Test
  void secretsAndValuesAreShownAsLengthsOnly() {
    List<byte @Nullable []> values = Wire.values("'hunter2'", "NULL");
    assertThat(
            List.of(
                client(new PasswordMessage(SECRET)),
                client(new AuthenticationResponse(SECRET)),
                client(new SASLInitialResponse("X", SECRET)),
                client(new SASLResponse(SECRET)),
                client(new CopyData(SECRET)),
                client(new Bind("", "s", new int[] {1}, values, new int[0])),
                client(new FunctionCall(7, new int[0], values, 0)),
                MessageTrace.line(Direction.CLIENT_TO_PROXY, new CancelRequest(77, SECRET)),
                server(new AuthenticationMD5Password(bytes("01020304"))),
                server(new AuthenticationSASLContinue(SECRET)),
                server(new AuthenticationSASLFinal(SECRET)),
                server(new BackendKeyData(77, SECRET)),
                server(new DataRow(values)),
                server(new FunctionCallResponse(SECRET)),
                server(new NotificationResponse(77, "c", "hunter2")),
                server(ErrorResponse.of("ERROR", "22P02", "hunter2"))))
        .containsExactly(
            "client→proxy PasswordMessage password=7B",
            "client→proxy AuthenticationResponse data=7B",
            "client→proxy SASLInitialResponse mechanism=\"X\" data=7B",
            "client→proxy SASLResponse data=7B",
            "client→proxy CopyData data=7B",
            "client→proxy Bind portal=\"\" statement=\"s\" formats=[1] parameters=[7B,NULL]"
                + " resultFormats=[]",
            "client→proxy FunctionCall function=7 formats=[] arguments=[7B,NULL] resultFormat=0",
            "client→proxy CancelRequest processId=77 secretKey=7B",
            "server→proxy AuthenticationMD5Password salt=4B",
            "server→proxy AuthenticationSASLContinue data=7B",
            "server→proxy AuthenticationSASLFinal data=7B",
            "server→proxy BackendKeyData processId=77 secretKey=7B",
            "server→proxy DataRow values=[7B,NULL]",
            "server→proxy FunctionCallResponse value=7B",
            "server→proxy NotificationResponse processId=77 channel=\"c\" payload=7C",
            "server→proxy ErrorResponse S=\"ERROR\" V=\"ERROR\" C=\"22P02\" M=7C");
  }

  @Test
  void noMessageShowsItsSecretAsAString() {
    assertThat(
            List.<Record>of(
                new PasswordMessage(SECRET),
                new AuthenticationResponse(SECRET),
                new SASLInitialResponse("X", SECRET),
                new SASLResponse(SECRET),
                new BackendKeyData(7, SECRET),
                new DataRow(List.of(SECRET)),
                new Bind("", "", new int[0], List.of(SECRET), new int[0])))
        .allSatisfy(message -> assertThat(message.toString()).doesNotContain("[B@", "hunter"));
  }

  @Test
  void everyExampleHasALine() {
    assertThat(Example.all())
        .allSatisfy(
            example ->
                assertThat(MessageTrace.line(Direction.PROXY_TO_CLIENT, example.message()))
                    .startsWith("proxy→client " + example.message().getClass().getSimpleName())
                    .doesNotContain("\n"));
  }
}
