package io.gatehouse.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.json.JsonLimits;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  private static final String V = "'jsonrpc':'2.0'";

  @Test
  void each_kind_of_message_is_read() throws Exception {
    assertThat(Read.message("{" + V + ",'id':'a','method':'ping'}"))
        .isInstanceOfSatisfying(
            Request.class,
            request -> {
              assertThat(request.id()).isEqualTo(RequestId.of("a"));
              assertThat(request.method()).isEqualTo("ping");
              assertThat(request.params()).isEmpty();
            });
    assertThat(Read.message("{" + V + ",'method':'x','params':{}}"))
        .isInstanceOfSatisfying(
            Notification.class, notification -> assertThat(notification.params()).isPresent());
    assertThat(Read.message("{" + V + ",'id':0,'result':{'a':1}}"))
        .isInstanceOfSatisfying(
            Result.class, result -> assertThat(result.result().size()).isEqualTo(1));
    assertThat(Read.message("{" + V + ",'id':1,'error':{'code':-32602,'message':'m','data':[1]}}"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.id()).isPresent();
              assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_PARAMS.code());
              assertThat(failure.message().text()).isEqualTo("m");
              assertThat(failure.data()).isPresent();
            });
    for (String id : List.of("", ",'id':null")) {
      assertThat(Read.message("{" + V + id + ",'error':{'code':1,'message':''}}"))
          .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.id()).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "'x'",
        "null",
        "{}",
        "{'id':1,'method':'ping'}",
        "{'jsonrpc':2.0,'id':1,'method':'ping'}",
        "{'jsonrpc':'1.0','id':1,'method':'ping'}",
        "{'JSONRPC':'2.0','id':1,'method':'ping'}",
        "{'jsonrpc':'2.0','id':null,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1.5,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1.0,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1e2,'method':'ping'}",
        "{'jsonrpc':'2.0','id':-0,'method':'ping'}",
        "{'jsonrpc':'2.0','id':9007199254740992,'method':'ping'}",
        "{'jsonrpc':'2.0','id':[1],'method':'ping'}",
        "{'jsonrpc':'2.0','id':true,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1,'method':7}",
        "{'jsonrpc':'2.0','id':1,'method':''}",
        "{'jsonrpc':'2.0','id':1,'method':null}",
        "{'jsonrpc':'2.0','id':1,'method':'x','params':[]}",
        "{'jsonrpc':'2.0','id':1,'method':'x','params':null}",
        "{'jsonrpc':'2.0','id':1,'method':'x','Params':{}}",
        "{'jsonrpc':'2.0','id':1,'method':'x','extra':1}",
        "{'jsonrpc':'2.0','id':1,'method':'x','result':{}}",
        "{'jsonrpc':'2.0','id':1}",
        "{'jsonrpc':'2.0','id':1,'result':{},'error':{'code':1,'message':''}}",
        "{'jsonrpc':'2.0','result':{}}",
        "{'jsonrpc':'2.0','id':null,'result':{}}",
        "{'jsonrpc':'2.0','id':1,'result':1}",
        "{'jsonrpc':'2.0','id':1,'result':null}",
        "{'jsonrpc':'2.0','id':1,'error':null}",
        "{'jsonrpc':'2.0','id':1,'error':{'code':1}}",
        "{'jsonrpc':'2.0','id':1,'error':{'message':''}}",
        "{'jsonrpc':'2.0','id':1,'error':{'code':1.5,'message':''}}",
        "{'jsonrpc':'2.0','id':1,'error':{'code':'1','message':''}}",
        "{'jsonrpc':'2.0','id':1,'error':{'code':2147483648,'message':''}}",
        "{'jsonrpc':'2.0','id':1,'error':{'code':1,'message':1}}",
        "{'jsonrpc':'2.0','id':1,'error':{'code':1,'message':'','more':1}}",
        "{'jsonrpc':'2.0','id':1.5,'error':{'code':1,'message':''}}",
        "[]",
        "[1]",
        "[[]]",
        "[{'jsonrpc':'2.0','id':1,'method':'x'},{'jsonrpc':'2.0','id':1,'method':'y'}]",
        "[{'jsonrpc':'2.0','id':1,'method':'initialize'}]",
        "[{'jsonrpc':'2.0','method':'a'},{'jsonrpc':'2.0','method':'a'},"
            + "{'jsonrpc':'2.0','method':'a'},{'jsonrpc':'2.0','method':'a'}]",
      })
  void what_json_rpc_does_not_allow_is_an_invalid_request(String text) {
    assertThat(Read.refused(() -> Read.message(text)).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void long_methods_and_ids_are_refused() {
    assertThat(Read.refused(() -> Read.request("m".repeat(257), "")).code())
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    String id = "'" + "i".repeat(1_025) + "'";
    assertThat(Read.refused(() -> Read.message("{" + V + ",'id':" + id + ",'method':'x'}")).code())
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({
    "'{', PARSE_ERROR",
    "'{''a'':1,''a'':2}', PARSE_ERROR",
    "'[[[[1]]]]', INVALID_REQUEST",
  })
  void what_is_not_json_is_a_parse_error_and_too_much_of_it_is_not(String text, ErrorCode code) {
    MessageReader reader = new MessageReader(JsonLimits.DEFAULTS.withDepth(3), 3);
    byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
    assertThat(Read.refused(() -> reader.read(bytes, true)).code()).isEqualTo(code);
  }

  @Test
  void a_batch_is_read_where_there_are_batches() throws Exception {
    String text = "[{" + V + ",'id':1,'method':'a'},{" + V + ",'id':1,'result':{}}]";
    assertThat(Read.message(text))
        .isInstanceOfSatisfying(Batch.class, batch -> assertThat(batch.messages()).hasSize(2));
    byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
    assertThat(Read.refused(() -> Read.READER.read(bytes, false)))
        .hasMessageContaining("no batches");
  }

  @Test
  void ids_are_equal_if_they_mean_the_same_and_are_written_as_they_came() throws Exception {
    RequestId escaped = ((Request) Read.message("{" + V + ",'id':'\\u0031','method':'x'}")).id();
    RequestId number = Read.request("x", "").id();
    assertThat(escaped).isEqualTo(RequestId.of("1")).hasSameHashCodeAs(RequestId.of("1"));
    assertThat(escaped).isNotEqualTo(number);
    assertThat(new String(MessageWriter.result(escaped, Map.of()), UTF_8))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"\\u0031\",\"result\":{}}");
    assertThat(RequestId.of("a\"\n\u202e" + "x".repeat(99)))
        .hasToString("\"a???" + "x".repeat(60) + "\"");
  }

  @Test
  void a_refusal_names_the_request_where_there_is_one() {
    RefusedMessageException refused =
        Read.refused(() -> Read.message("{" + V + ",'id':7,'method':'x','extra':1}"));
    assertThat(new String(MessageWriter.error(refused), UTF_8))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32600,"
                + "\"message\":\"a member that JSON-RPC does not know there\"}}");
    RefusedMessageException answer =
        Read.refused(() -> Read.message("{" + V + ",'id':7,'result':1}"));
    assertThat(new String(MessageWriter.error(answer), UTF_8)).contains("\"id\":null");
  }

  @Test
  void what_is_written_is_read() throws Exception {
    byte[] request = MessageWriter.request(RequestId.of("g-1"), "ping", Map.of());
    assertThat(Read.READER.read(request, false)).isInstanceOf(Request.class);
    byte[] notification = MessageWriter.notification("notifications/progress", Map.of("p", 1));
    assertThat(Read.READER.read(notification, false)).isInstanceOf(Notification.class);
    byte[] error = MessageWriter.error(Optional.empty(), 1, "m", Map.of("rule", "r"));
    assertThat(Read.READER.read(error, false))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.data().orElseThrow().size()).isEqualTo(1));
  }

  @Test
  void anything_is_a_message_or_refused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int rounds = Boolean.getBoolean("gatehouse.long") ? 1_000_000 : 20_000;
    List<String> parts =
        List.of(
            "'jsonrpc'",
            "'2.0'",
            "'id'",
            "'method'",
            "'params'",
            "'result'",
            "'error'",
            "'code'",
            "'message'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "1",
            "null",
            "'jsonrpc':'2.0',",
            "'id':1,");
    for (int round = 0; round < rounds; round++) {
      StringBuilder text = new StringBuilder("{'jsonrpc':'2.0'");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      byte[] bytes = text.append('}').toString().replace('\'', '"').getBytes(UTF_8);
      try {
        assertThat(Read.READER.read(bytes, true).whole().bytes()).isEqualTo(bytes);
      } catch (RefusedMessageException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", " + HexFormat.of().formatHex(bytes), e);
      }
    }
  }
}
