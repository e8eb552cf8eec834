package io.gatehouse.mcp.shown;

import io.gatehouse.mcp.rpc.Method;
import io.gatehouse.spi.ResultReader.Sink;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One message that came back, in words. */
final class MessageWords {
  /** Base 64 of these says nothing to anybody. */
  private static final Set<String> BINARY = Set.of("data", "blob");

  private final Sink sink;

  MessageWords(Sink sink) {
    this.sink = sink;
  }

  void say(JsonValue message) {
    Optional<JsonValue> result = message.find("result");
    Optional<JsonValue> error = message.find("error");
    if (result.isPresent()) {
      result(result.get());
    } else if (error.isPresent()) {
      error(error.get());
    } else {
      told(message);
    }
  }

  private void result(JsonValue result) {
    boolean failed =
        result.find("isError").filter(one -> one.is(JsonKind.BOOLEAN) && one.truth()).isPresent();
    sink.line(failed ? "result, the tool says that it failed" : "result");
    for (JsonMember member : result.members()) {
      if (member.value().is(JsonKind.ARRAY) && member.name().equals("content")) {
        member.value().items().forEach(this::block);
      } else if (!member.name().equals("isError")) {
        outline(member.name(), member.value());
      }
    }
  }

  /** A text line by line, anything else as an outline in which binary content is counted. */
  private void block(JsonValue block) {
    boolean text =
        block.find("type").filter(one -> Outline.said(one).equals("text")).isPresent()
            && block.size() == 2
            && block.find("text").filter(one -> one.is(JsonKind.STRING)).isPresent();
    if (text) {
      String[] lines = block.find("text").orElseThrow().text().split("\n", -1);
      sink.line("text: " + lines[0]);
      for (int i = 1; i < lines.length; i++) {
        sink.line("      " + lines[i]);
      }
      return;
    }
    sink.line("content:");
    for (JsonMember member : block.members()) {
      boolean binary = BINARY.contains(member.name()) && member.value().is(JsonKind.STRING);
      if (binary) {
        sink.line("  " + member.name() + ": " + member.value().text().length() + " characters");
      } else {
        outline("  ", member.name(), member.value());
      }
    }
  }

  private void error(JsonValue error) {
    sink.said(
        "ERROR",
        error.find("code").map(Outline::said).orElse(""),
        error.find("message").map(Outline::said).orElse(""));
    error.find("data").ifPresent(data -> outline("data", data));
  }

  private void told(JsonValue message) {
    String method = message.find("method").map(Outline::said).orElse("");
    Optional<JsonValue> params = message.find("params");
    Optional<Method> known = Method.find(method);
    if (params.isPresent() && known.equals(Optional.of(Method.PROGRESS))) {
      progress(params.get());
    } else if (params.isPresent() && known.equals(Optional.of(Method.LOG_MESSAGE))) {
      sink.said(
          word(params.get(), "level"), word(params.get(), "logger"), word(params.get(), "data"));
    } else {
      List<String> lines = new ArrayList<>();
      CallText.asked(message, lines);
      lines.forEach(sink::line);
    }
  }

  private void progress(JsonValue params) {
    String total = word(params, "total");
    String words = word(params, "message");
    sink.line(
        "progress "
            + word(params, "progress")
            + (total.isEmpty() ? "" : " of " + total)
            + (words.isEmpty() ? "" : ": " + words));
  }

  private static String word(JsonValue params, String name) {
    return params.find(name).map(Outline::said).orElse("");
  }

  private void outline(String name, JsonValue value) {
    outline("", name, value);
  }

  private void outline(String margin, String name, JsonValue value) {
    List<String> lines = new ArrayList<>();
    Outline.member(name, value, margin, lines);
    lines.forEach(sink::line);
  }
}
