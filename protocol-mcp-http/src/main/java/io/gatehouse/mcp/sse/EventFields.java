package io.gatehouse.mcp.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of one event, line by line. Owned by its decoder until the event is whole. */
final class EventFields {
  /** Three months of milliseconds have ten digits. */
  private static final int RETRY_DIGITS = 10;

  private final int fieldBytes;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private String type = "";
  private boolean hasData;
  private Optional<String> id = Optional.empty();
  private OptionalLong retry = OptionalLong.empty();
  private boolean ignoredLines;

  EventFields(int fieldBytes) {
    this.fieldBytes = fieldBytes;
  }

  /** A line that is not empty, without its end. */
  void line(byte[] bytes, int from, int to) throws MalformedEventException {
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && bytes[value] == ' ') {
      value++;
    }
    switch (new String(bytes, from, Math.min(colon - from, 8), StandardCharsets.UTF_8)) {
      case "data" -> data(bytes, value, to);
      case "event" -> type = text(bytes, value, to);
      case "id" -> id(text(bytes, value, to));
      case "retry" -> retry(bytes, value, to);
      default -> ignoredLines = true;
    }
  }

  private void data(byte[] bytes, int from, int to) {
    if (hasData) {
      data.write('\n');
    }
    hasData = true;
    data.write(bytes, from, to - from);
  }

  private String text(byte[] bytes, int from, int to) throws MalformedEventException {
    if (to - from > fieldBytes) {
      throw new MalformedEventException("a type or id of an event is too long");
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void id(String value) {
    if (value.indexOf('\0') < 0) {
      id = Optional.of(value);
    } else {
      ignoredLines = true;
    }
  }

  private void retry(byte[] bytes, int from, int to) {
    boolean digits = from < to && to - from <= RETRY_DIGITS;
    long value = 0;
    for (int i = from; i < to && digits; i++) {
      digits = bytes[i] >= '0' && bytes[i] <= '9';
      value = value * 10 + bytes[i] - '0';
    }
    if (digits) {
      retry = OptionalLong.of(value);
    } else {
      ignoredLines = true;
    }
  }

  String type() {
    return type;
  }

  boolean hasData() {
    return hasData;
  }

  byte[] data() {
    return data.toByteArray();
  }

  Optional<String> id() {
    return id;
  }

  OptionalLong retry() {
    return retry;
  }

  boolean ignoredLines() {
    return ignoredLines;
  }
}
