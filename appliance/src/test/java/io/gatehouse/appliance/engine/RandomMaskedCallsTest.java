package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.Decision;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A protected value anywhere in a result, in any spelling of JSON, does not come out. */
class RandomMaskedCallsTest {
  private static final String SECRET = "sec-4711-ret";
  private static final String NUMBER = "90210471";
  private static final String RULES =
      """
      masks:
        fixed: {kind: constant, value: hidden}
        zero: {kind: constant, value: "0"}
      rules:
        - name: texts
          resources: {tools: [crm.*]}
          verdict: mask
          mask: fixed
          fields: [structuredContent.ssn]
          text: pass
        - name: numbers
          resources: {tools: [crm.*]}
          verdict: mask
          mask: zero
          fields: [structuredContent.pin]
          text: pass
      """;

  @TempDir private Path folder;
  private Random random = new Random();
  private int left;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void protectedValue_doesNotComeOut(long seed) {
    random = new Random(seed);
    int rewritten = 0;
    try (Courtroom room = Courtroom.of(folder, RULES)) {
      CallClient client = new CallClient(room);
      for (int round = 0; round < 1_500; round++) {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result() + "}";
        Decision.Run run = client.run(Called.tool("any", "{}"));
        String shaped = CallClient.shaped(run, message);
        client.ends();
        assertThat(shaped).as("seed %d, round %d", seed, round).isNotEqualTo(message);
        if (shaped.startsWith("{")) {
          rewritten++;
          assertThat(holds(read(shaped).root(), 0))
              .as("seed %d, round %d: %s gave %s", seed, round, message, shaped)
              .isFalse();
        }
      }
    }
    assertThat(rewritten).isGreaterThan(300);
  }

  private String result() {
    left = 12;
    StringBuilder out = new StringBuilder("{\"structuredContent\":{");
    out.append(string("ssn")).append(':').append(string(SECRET)).append(',');
    out.append(string("pin")).append(':').append(NUMBER).append(',');
    out.append(string("more")).append(':').append(any(0)).append("},\"content\":[");
    int blocks = random.nextInt(4);
    for (int i = 0; i < blocks; i++) {
      out.append(i == 0 ? "" : ",").append(block());
    }
    return out.append("],\"_meta\":{\"trace\":").append(any(1)).append("}}").toString();
  }

  private String block() {
    return switch (random.nextInt(3)) {
      case 0 -> "{\"type\":\"text\",\"text\":" + string(text()) + "}";
      case 1 ->
          "{\"type\":\"resource\",\"resource\":{\"uri\":"
              + string("a:" + maybe())
              + ",\"text\":"
              + string(text())
              + "}}";
      default -> "{\"type\":\"resource_link\",\"name\":" + string(maybe()) + "}";
    };
  }

  /** Prose, or JSON that repeats the fields, in some form. */
  private String text() {
    Supplier<String> same =
        () -> "{" + string("ssn") + ":" + string(SECRET) + "," + string("pin") + ":" + NUMBER + "}";
    return switch (random.nextInt(5)) {
      case 0 -> same.get();
      case 1 -> "[{" + string("wrapped") + ":" + same.get() + "}]";
      case 2 -> "{" + string("json") + ":" + string(same.get()) + "}";
      case 3 -> any(1);
      default -> "it is " + maybe() + ", or " + NUMBER + ".";
    };
  }

  private String any(int depth) {
    if (left-- < 0 || depth > 3) {
      return string(maybe());
    }
    return switch (random.nextInt(7)) {
      case 0 -> "[" + any(depth + 1) + "," + any(depth + 1) + "]";
      case 1 -> "{" + string("k" + random.nextInt(9)) + ":" + any(depth + 1) + "}";
      case 2 -> string("{" + string("x") + ":" + any(depth + 1) + "}");
      case 3 -> random.nextInt(12) == 0 ? "{" + string(maybe()) + ":1}" : "1";
      default -> string(maybe());
    };
  }

  private String maybe() {
    return switch (random.nextInt(5)) {
      case 0 -> SECRET;
      case 1 -> "x" + SECRET + SECRET + "y";
      case 2 -> "pin " + NUMBER + "!";
      case 3 -> SECRET.substring(0, SECRET.length() - 1);
      default -> "nothing";
    };
  }

  /** As JSON has it, some characters escaped that need not be. */
  private String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (random.nextInt(8) == 0) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return out.append('"').toString();
  }

  private static JsonText read(String text) {
    try {
      return JsonText.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULTS);
    } catch (MalformedJsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static boolean holds(JsonValue value, int depth) {
    boolean holds = false;
    for (JsonMember member : value.members()) {
      holds |= protectedText(member.name()) || holds(member.value(), depth);
    }
    for (JsonValue item : value.items()) {
      holds |= holds(item, depth);
    }
    if (value.is(JsonKind.STRING)) {
      String text = value.text();
      holds = protectedText(text);
      if (!holds && depth < 4 && text.matches("(?s)[{\\[\"].*")) {
        holds = holds(read(text).root(), depth + 1);
      }
    }
    return holds || (value.is(JsonKind.NUMBER) && value.number().equals(NUMBER));
  }

  private static boolean protectedText(String text) {
    return text.contains(SECRET) || text.contains(NUMBER);
  }
}
