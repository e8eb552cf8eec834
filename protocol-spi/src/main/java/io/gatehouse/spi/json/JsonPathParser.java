package io.gatehouse.spi.json;

import io.gatehouse.spi.json.JsonPath.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a path from configuration. Used once. */
final class JsonPathParser {
  private static final String MARKS = ".[]*\"";
  private static final int MAX_INDEX_DIGITS = 7;

  private final String path;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  JsonPathParser(String path) {
    this.path = path;
  }

  JsonPath parse() {
    if (path.startsWith("[")) {
      bracket();
    } else {
      name();
    }
    while (at < path.length()) {
      if (path.charAt(at) == '[') {
        bracket();
      } else {
        expect('.');
        name();
      }
    }
    return new JsonPath(path, steps);
  }

  private void name() {
    if (path.startsWith("**", at)) {
      at += 2;
      steps.add(new Step.Everything());
    } else if (path.startsWith("*", at)) {
      at++;
      steps.add(new Step.EachMember());
    } else {
      int start = at;
      while (at < path.length() && MARKS.indexOf(path.charAt(at)) < 0 && path.charAt(at) > ' ') {
        at++;
      }
      if (at == start) {
        throw wrong("a name");
      }
      steps.add(new Step.Name(path.substring(start, at)));
    }
  }

  private void bracket() {
    expect('[');
    if (path.startsWith("*", at)) {
      at++;
      steps.add(new Step.EachItem());
    } else if (path.startsWith("\"", at)) {
      steps.add(new Step.Name(quoted()));
    } else {
      steps.add(new Step.Index(index()));
    }
    expect(']');
  }

  private String quoted() {
    int end = at + 1;
    while (end < path.length() && path.charAt(end) != '"') {
      end += path.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= path.length()) {
      throw wrong("a quote that closes");
    }
    String json = path.substring(at, end + 1);
    try {
      JsonText name = JsonText.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULTS);
      at = end + 1;
      return name.root().text();
    } catch (MalformedJsonException e) {
      throw wrong("a name in quotes as JSON has them");
    }
  }

  private int index() {
    int start = at;
    while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > MAX_INDEX_DIGITS) {
      throw wrong("a number, a star or a name in quotes");
    }
    return Integer.parseInt(path.substring(start, at));
  }

  private void expect(char wanted) {
    if (at >= path.length() || path.charAt(at) != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException(
        "the path " + path + " needs " + wanted + " at character " + (at + 1));
  }
}
