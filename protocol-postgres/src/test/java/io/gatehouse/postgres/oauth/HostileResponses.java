package io.gatehouse.postgres.oauth;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** First messages that PostgreSQL 18 refuses, with its detail (auth-oauth.c), by what is wrong. */
public final class HostileResponses {
  /** Would be a token, were it said properly. */
  public static final String TOKEN = "eyJhbGciOiJub25lIn0.e30.c2VjcmV0";

  private static final String SOUND = "n,,\1auth=Bearer " + TOKEN + "\1\1";

  private HostileResponses() {}

  /**
   * @param sqlState 08P01 but for one
   * @param detail empty for none
   */
  public record Response(String name, String text, String sqlState, String detail) {
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static Stream<Response> all() {
    return Stream.of(headers(), pairs(), values(), ends()).flatMap(List::stream);
  }

  private static Response malformed(String name, String text, String detail) {
    return new Response(name, text, "08P01", detail);
  }

  private static List<Response> headers() {
    return List.of(
        malformed("nothing", "", "The message is empty."),
        malformed(
            "channel binding",
            "p=tls-server-end-point" + SOUND.substring(1),
            "The server does not support channel binding for OAuth, but the client message"
                + " includes channel binding data."),
        malformed("another flag", "x" + SOUND.substring(1), flag("'x'")),
        malformed("flag in capitals", "N" + SOUND.substring(1), flag("'N'")),
        malformed("no flag", SOUND.substring(1), flag("','")),
        malformed("only a separator", "\1", flag("0x01")),
        malformed("only separators", "\1\1\1", flag("0x01")),
        malformed("token alone", TOKEN, flag("'e'")),
        malformed("header alone", "Bearer " + TOKEN, flag("'B'")),
        malformed("JSON", "{\"auth\":\"Bearer " + TOKEN + "\"}", flag("'{'")),
        malformed("message of SCRAM", "n,,n=,r=abc", separator("'n'")),
        malformed("flag alone", "n", comma("0x00")),
        malformed("one comma", "n,", attribute("0x00")),
        malformed("two commas", "n,,", separator("0x00")),
        malformed("no comma", "n" + SOUND.substring(2), attribute("0x01")),
        malformed("a space after the flag", "n " + SOUND.substring(1), comma("0x20")),
        malformed("three commas", "n," + SOUND.substring(1), separator("','")),
        malformed("another attribute", "n,m=x," + SOUND.substring(3), attribute("'m'")),
        malformed("identity without its name", "n,=admin," + SOUND.substring(3), attribute("'='")),
        new Response("another identity", "n,a=admin," + SOUND.substring(3), "0A000", ""),
        new Response("empty identity", "n,a=," + SOUND.substring(3), "0A000", ""),
        malformed("commas for separators", SOUND.replace('\1', ','), separator("','")),
        malformed("newlines for separators", SOUND.replace('\1', '\n'), separator("0x0a")),
        malformed("unit separators", SOUND.replace('\1', '\37'), separator("0x1f")),
        malformed("byte order mark", "\u00ef\u00bb\u00bf" + SOUND, flag("0xef")));
  }

  private static String flag(String shown) {
    return "Unexpected channel-binding flag \"" + shown + "\".";
  }

  private static String comma(String shown) {
    return "Comma expected, but found character \"" + shown + "\".";
  }

  private static String attribute(String shown) {
    return "Unexpected attribute \"" + shown + "\" in client-first-message.";
  }

  private static String separator(String shown) {
    return "Key-value separator expected, but found character \"" + shown + "\".";
  }

  private static List<Response> pairs() {
    String empty = "Message contains an empty key name.";
    String invalid = "Message contains an invalid key name.";
    String none = "Message does not contain an auth value.";
    return List.of(
        malformed("no pair", "n,,\1\1", none),
        malformed("no auth", "n,,\1host=gate\1port=5432\1\1", none),
        malformed("auth in capitals", "n,,\1AUTH=Bearer " + TOKEN + "\1\1", none),
        malformed("longer name", "n,,\1authz=Bearer " + TOKEN + "\1\1", none),
        malformed("shorter name", "n,,\1aut=Bearer " + TOKEN + "\1\1", none),
        malformed("no name", "n,,\1=Bearer " + TOKEN + "\1\1", empty),
        malformed("space in a name", "n,,\1auth =Bearer " + TOKEN + "\1\1", invalid),
        malformed("digit in a name", "n,,\1auth0=Bearer " + TOKEN + "\1\1", invalid),
        malformed("letter beyond ASCII", "n,,\1\u00e1uth=Bearer " + TOKEN + "\1\1", invalid),
        malformed("no value", "n,,\1auth\1\1", "Message contains a key without a value."),
        malformed(
            "value without equals sign",
            "n,,\1auth:Bearer " + TOKEN + "\1\1",
            "Message contains a key without a value."),
        malformed(
            "auth twice",
            "n,,\1auth=Bearer " + TOKEN + "\1auth=Bearer " + TOKEN + "\1\1",
            "Message contains multiple auth values."),
        malformed(
            "empty auth and another",
            "n,,\1auth=\1auth=Bearer " + TOKEN + "\1\1",
            "Message contains multiple auth values."),
        malformed("pair after the end", "n,,\1\1auth=Bearer " + TOKEN + "\1\1", none));
  }

  private static List<Response> values() {
    String invalid = "Message contains an invalid value.";
    return List.of(
        malformed("escape in a value", "n,,\1auth=Bearer \33[2J\1\1", invalid),
        malformed("delete in a value", "n,,\1auth=Bearer a\177\1\1", invalid),
        malformed("byte beyond ASCII in a value", "n,,\1auth=Bearer \u00e9\1\1", invalid),
        malformed("vertical tab in a value", "n,,\1auth=Bearer a\13b\1\1", invalid),
        malformed("another pair is bad", "n,,\1host=\2\1auth=Bearer " + TOKEN + "\1\1", invalid),
        malformed(
            "another pair is bad, behind",
            "n,,\1auth=Bearer " + TOKEN + "\1host=\u0080\1\1",
            invalid));
  }

  private static List<Response> ends() {
    String zero = "Message length does not match input length.";
    String unterminated = "Message contains an unterminated key/value pair.";
    String additional = "Message contains additional data after the final terminator.";
    return List.of(
        malformed("no pair and no end", "n,,\1", "Message did not contain a final terminator."),
        malformed(
            "one separator at the end",
            "n,,\1auth=Bearer " + TOKEN + "\1",
            "Message did not contain a final terminator."),
        malformed("no separator at the end", "n,,\1auth=Bearer " + TOKEN, unterminated),
        malformed("three separators at the end", SOUND + "\1", additional),
        malformed("byte at the end", SOUND + "x", additional),
        malformed("message behind it", SOUND + SOUND, additional),
        malformed("zero at the end", SOUND + "\0", zero),
        malformed("zero in front", "\0" + SOUND, zero),
        malformed("zero in the token", SOUND.replace(".", "\0"), zero));
  }

  /** What PostgreSQL takes for no token, and answers as if nothing had been shown. */
  public static Stream<String> headersWithoutToken() {
    return Stream.of(
        "",
        "Bearer",
        "Bearer ",
        "Bearer    ",
        "Bearer\t" + TOKEN,
        "Bearer:" + TOKEN,
        "Bearer" + TOKEN,
        " Bearer " + TOKEN,
        "Basic " + TOKEN,
        "DPoP " + TOKEN,
        "Negotiate " + TOKEN,
        "Bear",
        TOKEN,
        "Bearer " + TOKEN + " ",
        "Bearer " + TOKEN + "\n",
        "Bearer " + TOKEN + ", Bearer " + TOKEN,
        "Bearer \"" + TOKEN + "\"",
        "Bearer " + TOKEN + "=a",
        "Bearer a=b",
        "Bearer a b",
        "Bearer " + TOKEN + ";admin",
        "Bearer <" + TOKEN + ">",
        "Bearer %2e");
  }
}
