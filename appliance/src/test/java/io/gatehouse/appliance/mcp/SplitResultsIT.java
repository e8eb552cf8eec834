package io.gatehouse.appliance.mcp;

import static io.gatehouse.mcp.fixture.Json.member;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.mcp.fixture.Json;
import io.gatehouse.mcp.testing.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the network cuts a stream, the client gets what it would get of one whole answer. */
class SplitResultsIT {
  private static final long SEED = Long.getLong("gatehouse.seed", 20_261_122L);
  private static final int RESULTS = Boolean.getBoolean("gatehouse.long") ? 60 : 4;

  private static final String MORE =
      """
        - name: tools-answer
          resources: {tools: [answer]}
          verdict: allow
        - name: nobody-is-named
          verdict: detect
          detector: people
      detectors:
        people: {kinds: [pan, iban, ssn, email]}
      """;

  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");
  private static final int UNCUT = -1;

  @TempDir private Path folder;
  private volatile String result = "{}";

  /** Where the stream is cut in two; an answer as JSON if it is not. */
  private volatile int cut = UNCUT;

  private int planted;
  private int masked;
  private int harmless;
  private int left;
  private int streams;

  private boolean serve(String request, OutputStream out) throws IOException {
    Matcher id = ID.matcher(request);
    assertThat(id.find()).isTrue();
    String message = "{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":" + result + "}";
    if (cut == UNCUT) {
      byte[] body = message.getBytes(UTF_8);
      head(out, "application/json\r\nContent-Length: " + body.length);
      out.write(body);
    } else {
      byte[] body = event(message);
      head(out, "text/event-stream\r\nTransfer-Encoding: chunked");
      int at = Math.min(cut, body.length - 1);
      chunk(out, Arrays.copyOf(body, at));
      chunk(out, Arrays.copyOfRange(body, at, body.length));
      out.write("0\r\n\r\n".getBytes(UTF_8));
    }
    return true;
  }

  private static byte[] event(String message) {
    return ("data: " + message + "\n\n").getBytes(UTF_8);
  }

  private static void head(OutputStream out, String type) throws IOException {
    out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n").getBytes(UTF_8));
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
      out.write(bytes);
      out.write("\r\n".getBytes(UTF_8));
      out.flush();
    }
  }

  @Test
  void resultIsMaskedAlike_whereverItIsCut() throws Exception {
    RandomResults results = new RandomResults(SEED);
    try (ScriptedServer server = new ScriptedServer(null, this::serve);
        McpScene scene = new McpScene(folder, server.port())) {
      Path policy = scene.file("policy.yaml");
      Files.writeString(policy, Files.readString(policy) + MORE);
      assertThat(scene.gate().reload()).isTrue();
      try (McpClient ann = scene.plainClient(scene.token("ann"))) {
        for (int i = 0; i < RESULTS; i++) {
          compare(results.next(), ann);
        }
      }
    }
    keep();
  }

  private void compare(RandomResults.Result one, McpClient ann) throws Exception {
    result = one.json();
    cut = UNCUT;
    String whole = answered(ann);
    count(one, whole);
    int length = event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}").length;
    for (int at = 0; at < length; at++) {
      cut = at;
      streams++;
      assertThat(answered(ann)).as("seed %d, cut at %d", SEED, at).isEqualTo(whole);
    }
  }

  private static String answered(McpClient ann) throws Exception {
    Map<String, Object> answer =
        McpClient.last(ann.askToday("tools/call", Map.of("name", "answer")));
    return Json.write(member(answer, "result"));
  }

  private void count(RandomResults.Result one, String whole) {
    planted += one.planted().size();
    masked += (int) one.planted().stream().filter(value -> !whole.contains(value)).count();
    harmless += one.harmless().size();
    left += (int) one.harmless().stream().filter(whole::contains).count();
  }

  private void keep() throws IOException {
    Measured.keep(
        SplitResultsIT.class,
        "findings in results of tools",
        "from " + SEED,
        "%,d of %,d planted values masked, %,d of %,d that only look like them left;"
                .formatted(masked, planted, left, harmless)
            + " the same in %,d streams, each cut at another place".formatted(streams));
    assertThat(masked).as("found of what was planted").isEqualTo(planted);
    assertThat(left).as("left of what is harmless").isEqualTo(harmless);
  }
}
