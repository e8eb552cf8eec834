package io.gatehouse.mcp.shown;

import io.gatehouse.mcp.rpc.Method;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message that asks for something: its method, what it is about, and its params. */
public final class CallText {
  private CallText() {}

  /** What is no JSON stays as it is. */
  public static List<String> lines(byte[] message) {
    try {
      JsonText text = JsonText.read(message.clone(), JsonLimits.DEFAULTS.withBytes(1 << 30));
      List<String> lines = new ArrayList<>();
      asked(text.root(), lines);
      return lines;
    } catch (MalformedJsonException e) {
      return List.of(new String(message, StandardCharsets.UTF_8));
    }
  }

  static void asked(JsonValue message, List<String> to) {
    String method = message.find("method").map(Outline::said).orElse("(no method)");
    Optional<JsonValue> params = message.find("params").filter(one -> one.is(JsonKind.OBJECT));
    String member = Method.find(method).map(one -> one.subject().member()).orElse("");
    Optional<JsonValue> about = params.flatMap(one -> one.find(member));
    to.add(
        method
            + about.filter(one -> one.size() == 0).map(one -> " " + Outline.said(one)).orElse(""));
    if (params.isPresent()) {
      for (JsonMember one : params.get().members()) {
        if (one.value().size() > 0 || !one.name().equals(member)) {
          Outline.member(one.name(), one.value(), "", to);
        }
      }
    }
  }
}
