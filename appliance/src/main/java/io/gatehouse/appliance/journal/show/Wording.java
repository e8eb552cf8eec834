package io.gatehouse.appliance.journal.show;

import io.gatehouse.appliance.journal.index.Opening;
import io.gatehouse.appliance.journal.read.Content.Said;
import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.spi.Rendering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How records are put into words; with values only for those who asked for them.
 *
 * @param values whether literals and bind values are shown
 */
record Wording(Rendering rendering, boolean values) {
  private static final long NANOS = 1_000_000_000L;

  static Instant instant(long wallClock) {
    return Instant.ofEpochSecond(Math.floorDiv(wallClock, NANOS), Math.floorMod(wallClock, NANOS));
  }

  /** The text of a command, or what is said instead of it. */
  String text(Said intent) {
    Optional<byte[]> text = intent.bytes("text");
    if (text.isEmpty()) {
      long by = intent.number("prepared-by");
      String name = intent.text("name").orElse("");
      String behind = by >= 0 ? "prepared by record " + by : "by the name \"" + name + "\"";
      return literalFree(intent).orElse("(" + behind + ")");
    }
    if (values) {
      return String.join("\n", rendering.text(text.get()));
    }
    return literalFree(intent).orElse("(" + text.get().length + " bytes that were not understood)");
  }

  private static Optional<String> literalFree(Said intent) {
    return intent.text("fingerprint").filter(one -> !one.isBlank());
  }

  List<String> binds(Said intent) {
    List<String> words = new ArrayList<>();
    for (Datum bind : intent.rows("binds")) {
      List<Datum> parts = parts(bind);
      if (parts.size() >= 3) {
        String type = word(parts.get(0));
        boolean binary = parts.get(1) instanceof Datum.Flag(boolean flag) && flag;
        String value = values ? " = " + value(parts.get(2), type, binary) : "";
        words.add(
            "$"
                + (words.size() + 1)
                + " of type "
                + (type.isEmpty() || type.equals("0") ? "?" : type)
                + value);
      }
    }
    return words;
  }

  private String value(Datum value, String type, boolean binary) {
    return value instanceof Datum.Bytes(byte[] wire) ? rendering.value(wire, type, binary) : "NULL";
  }

  static List<String> accesses(Said intent) {
    List<String> words = new ArrayList<>();
    for (Datum access : intent.rows("accesses")) {
      List<Datum> parts = parts(access);
      if (parts.size() >= 4) {
        String path =
            parts(parts.get(3)).stream().map(Wording::word).collect(Collectors.joining("."));
        words.add((word(parts.get(0)) + " " + word(parts.get(2)) + " " + path).strip());
      }
    }
    return words;
  }

  private static List<Datum> parts(Datum row) {
    return row instanceof Datum.Row(List<Datum> values) ? values : List.of();
  }

  static String word(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Count(long count) -> Long.toString(count);
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Bytes(byte[] bytes) -> bytes.length + " bytes";
      case Datum.Row(List<Datum> values) ->
          values.stream().map(Wording::word).collect(Collectors.joining(" "));
      case Datum.Nothing() -> "";
    };
  }

  static String verdict(Said intent) {
    String rule =
        intent.text("rule").filter(one -> !one.isBlank()).map(one -> " by " + one).orElse("");
    String reason = intent.text("reason").map(one -> ": " + one).orElse("");
    return intent.text("verdict").orElse("") + rule + reason;
  }

  static String place(Entry entry) {
    return "record "
        + entry.row().sequence()
        + (entry.sealed() ? "" : entry.index() < 0 ? ", in the tail only" : ", not signed yet");
  }

  static String who(Opening opening) {
    String actor = opening.text("actor");
    return opening.text("subject") + (actor.isEmpty() ? "" : " for " + actor);
  }
}
