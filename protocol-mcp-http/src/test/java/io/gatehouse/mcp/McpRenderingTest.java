package io.gatehouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.ResultReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpRenderingTest {

  private static final class Told implements ResultReader.Sink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void columns(List<String> labels) {
      throw new AssertionError("messages have no columns");
    }

    @Override
    public void row(List<@Nullable String> values) {
      throw new AssertionError("messages have no rows");
    }

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public void done(String how) {
      lines.add("done " + how);
    }

    @Override
    public void said(String severity, String code, String message) {
      lines.add(severity + "|" + code + "|" + message);
    }

    @Override
    public void unread(String what) {
      lines.add("unread " + what);
    }
  }

  private static List<String> read(byte[] bytes, int most) {
    Told told = new Told();
    ResultReader reader = new McpRendering().results(told);
    for (int at = 0; at < bytes.length; at += most) {
      reader.take(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + most)));
    }
    reader.end();
    return told.lines;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void messages_areReadBack_whereverTheyAreCut() {
    byte[] bytes =
        utf8(
            """
            {"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}}
            {"jsonrpc":"2.0","id":1,"result":{
              "content":[{"type":"text","text":"a \\"}\\n{ b"},
                {"type":"image","mimeType":"image/png","data":"AAAA"}],
              "isError":true}}
            {"jsonrpc":"2.0","id":2,"result":{"tools":[]}}
            {"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"no","data":[1]}}
            {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":{"a":1}}}
            {"jsonrpc":"2.0","id":4,"method":"sampling/createMessage","params":{"maxTokens":5}}
            """);
    List<String> expected =
        List.of(
            "progress 1",
            "result, the tool says that it failed",
            "text: a \"}",
            "      { b",
            "content:",
            "  type: \"image\"",
            "  mimeType: \"image/png\"",
            "  data: 4 characters",
            "result",
            "tools: []",
            "ERROR|-1|no",
            "data:",
            "  [0]: 1",
            "info||{\"a\":1}",
            "sampling/createMessage",
            "maxTokens: 5");
    for (int most : new int[] {1, 2, 7, 100, bytes.length}) {
      assertThat(read(bytes, most)).isEqualTo(expected);
    }
  }

  @Test
  void whatIsNoMessage_isCounted() {
    assertThat(read(utf8("no message\n{\"result\":{}}\n{\"resu"), 5))
        .containsExactly(
            "unread 10 bytes that are no message",
            "result",
            "unread a message that breaks off after 6 bytes");
  }

  @Test
  void longMessage_isCounted_andTheNextOneShown() {
    byte[] bytes = utf8("{\"result\":\"" + "x".repeat(17 << 20) + "\"}\n{\"result\":{}}\n");
    assertThat(read(bytes, 64 << 10))
        .containsExactly("unread a message of 17825805 bytes", "result");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBytes_areReadWithoutAFault(long seed) {
    Random random = new Random(seed);
    byte[] alphabet = utf8("{}[]\",:\\n\n 1aresult\u00e4");
    for (int round = 0; round < 1_000; round++) {
      byte[] bytes = new byte[random.nextInt(100)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      assertThat(read(bytes, 1 + random.nextInt(20)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(read(bytes, bytes.length + 1));
    }
  }

  @Test
  void calls_areShownByMethodNameAndParams() {
    McpRendering rendering = new McpRendering();
    assertThat(
            rendering.text(
                utf8(
                    "{\"method\":\"resources/read\",\"params\":{\"uri\":\"file:///a\",\"_meta\":{}}}")))
        .containsExactly("resources/read file:///a", "_meta: {}");
    assertThat(rendering.text(utf8("{\"method\":\"ping\"}"))).containsExactly("ping");
    assertThat(rendering.text(utf8("not json"))).containsExactly("not json");
  }
}
