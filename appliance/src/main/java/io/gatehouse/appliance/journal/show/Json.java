package io.gatehouse.appliance.journal.show;

import io.gatehouse.appliance.journal.record.Datum;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** RFC 8259, on one line, with everything written out that a terminal would act upon. */
final class Json {
  private Json() {}

  static String object(Map<String, Datum> fields) {
    return fields.entrySet().stream()
        .map(field -> text(field.getKey()) + ":" + value(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text(text);
      case Datum.Count(long count) -> Long.toString(count);
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Bytes(byte[] bytes) -> '"' + Base64.getEncoder().encodeToString(bytes) + '"';
      case Datum.Row(List<Datum> values) ->
          values.stream().map(Json::value).collect(Collectors.joining(",", "[", "]"));
      case Datum.Nothing() -> "null";
    };
  }

  private static String text(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(point -> append(out, point));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int point) {
    if (point == '"' || point == '\\') {
      out.append('\\').append((char) point);
    } else if (Printable.plain(point)) {
      out.appendCodePoint(point);
    } else {
      for (char unit : Character.toChars(point)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      }
    }
  }
}
