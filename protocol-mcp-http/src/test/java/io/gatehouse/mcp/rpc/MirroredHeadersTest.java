package io.gatehouse.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredHeadersTest {
  private static final String META =
      "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
          + "'io.modelcontextprotocol/clientCapabilities':{}}";

  private static Request call() throws RefusedMessageException {
    return Read.request("tools/call", "{'name':'écho'," + META + "}");
  }

  private static MirroredHeaders headers(String version, String method, String name) {
    return new MirroredHeaders(lines(version), lines(method), lines(name));
  }

  private static List<String> lines(String values) {
    return values.isEmpty() ? List.of() : List.of(values.split("\\|"));
  }

  private static void check(MirroredHeaders headers, Request request)
      throws RefusedMessageException {
    headers.requireSame(request, RequestMeta.read(request));
  }

  @Test
  void headers_that_say_what_the_body_says_pass() throws Exception {
    String name = HeaderText.encoded("écho");
    assertThat(name).isEqualTo("=?base64?w6ljaG8=?=");
    check(headers(" 2026-07-28\t", "tools/call", name), call());
    check(headers("2026-07-28", "tools/list", ""), Read.request("tools/list", "{" + META + "}"));
    headers("", "", "")
        .requireSame(
            (Notification) Read.message("{'jsonrpc':'2.0','method':'notifications/cancelled'}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', tools/call, =?base64?w6ljaG8=?=",
    "2025-11-25, tools/call, =?base64?w6ljaG8=?=",
    "2026-07-28|2026-07-28, tools/call, =?base64?w6ljaG8=?=",
    "2026-07-28, '', =?base64?w6ljaG8=?=",
    "2026-07-28, tools/list, =?base64?w6ljaG8=?=",
    "2026-07-28, Tools/Call, =?base64?w6ljaG8=?=",
    "2026-07-28, tools/call, ''",
    "2026-07-28, tools/call, echo",
    "2026-07-28, tools/call, w6ljaG8=",
    "2026-07-28, tools/call, =?base64?w6ljaG8=?=|other",
    "2026-07-28, tools/call, =?base64?w6ljaG8?=",
    "2026-07-28, tools/call, =?base64?w6ljaG9=?=",
    "2026-07-28, tools/call, =?base64?6Q==?=",
    "2026-07-28, tools/call, =?BASE64?w6ljaG8=?=",
    "2026-07-28, tools/call, =?base64?=",
  })
  void a_missing_or_differing_header_is_refused(String version, String method, String name)
      throws Exception {
    Request request = call();
    RefusedMessageException refused =
        Read.refused(() -> check(headers(version, method, name), request));
    assertThat(refused.code()).isEqualTo(ErrorCode.HEADER_MISMATCH);
    assertThat(refused.code().code()).isEqualTo(-32020);
    assertThat(refused.id()).contains(request.id());
  }

  @Test
  void a_notification_and_its_header_must_fit() throws Exception {
    Notification cancelled =
        (Notification) Read.message("{'jsonrpc':'2.0','method':'notifications/cancelled'}");
    assertThat(Read.refused(() -> headers("", "tools/call", "").requireSame(cancelled)).code())
        .isEqualTo(ErrorCode.HEADER_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " a", "a ", "\ta", "é", "a\nb", "=?base64?YQ==?=", "\u0000", "😀", "a\u007f"})
  void text_that_no_header_can_hold_goes_as_base64(String text) {
    assertThat(HeaderText.encoded(text)).startsWith("=?base64?").endsWith("?=");
    assertThat(HeaderText.decoded(HeaderText.encoded(text))).contains(text);
  }

  @Test
  void any_text_comes_back_as_it_was() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 10_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        text.appendCodePoint(
            random.nextInt(4) == 0 ? 0xE000 + random.nextInt(99) : 9 + random.nextInt(118));
      }
      String header = HeaderText.encoded(text.toString());
      assertThat(HeaderText.decoded(HeaderText.stripped(header)))
          .as("seed %d", seed)
          .isEqualTo(Optional.of(text.toString()));
      assertThat(header.getBytes(UTF_8)).hasSize(header.length());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|_meta",
        "{}|_meta",
        "{'_meta':7}|_meta",
        "{'_meta':{}}|protocolVersion",
        "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}|clientCapabilities",
        "{'_meta':{'io.modelcontextprotocol/protocolVersion':7,'io.modelcontextprotocol/clientCapabilities':{}}}|protocolVersion",
        "{'_meta':{'io.modelcontextprotocol/protocolVersion':'x','io.modelcontextprotocol/clientCapabilities':[]}}|clientCapabilities",
        "{'_meta':{'io.modelcontextprotocol/protocolVersion':'x','io.modelcontextprotocol/ProtocolVersion':'y','io.modelcontextprotocol/clientCapabilities':{}}}|looks"
            + " like",
        "{'_meta':{'io.modelcontextprotocol/protocolVersion':'x','io.modelcontextprotocol/clientInfo':{},'io.modelcontextprotocol/clientCapabilities':{}}}|name",
        "{'_meta':{'io.modelcontextprotocol/protocolVersion':'x','progressToken':1.5,'io.modelcontextprotocol/clientCapabilities':{}}}|progressToken",
      })
  void missing_meta_is_refused_by_its_name(String params, String named) throws Exception {
    Request request = Read.request("tools/list", params);
    RefusedMessageException refused = Read.refused(() -> RequestMeta.read(request));
    assertThat(refused).hasMessageContaining(named);
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMS);
  }

  @Test
  void a_claim_is_seen_and_an_unknown_version_is_told_those_that_are_spoken() throws Exception {
    Request request =
        Read.request(
            "tools/list",
            "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2030-01-01',"
                + "'io.modelcontextprotocol/clientCapabilities':{}}}");
    assertThat(RequestMeta.claimed(request.params())).isTrue();
    assertThat(RequestMeta.claimed(Read.request("tools/list", "{}").params())).isFalse();
    RequestMeta meta = RequestMeta.read(request);
    RefusedMessageException refused =
        Read.refused(() -> meta.revision(request, List.of(Revision.V2026_07_28)));
    assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_PROTOCOL_VERSION);
    assertThat(refused.data())
        .isEqualTo(Map.of("supported", List.of("2026-07-28"), "requested", "2030-01-01"));
    assertThatCode(() -> RequestMeta.read(call()).revision(call(), List.of(Revision.V2026_07_28)))
        .doesNotThrowAnyException();
  }
}
