package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.sql.tree.Statement.Option;
import io.gatehouse.spi.CopyFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a COPY TO writes its rows, by its options. */
final class CopyFormats {
  private static final Set<String> KNOWN =
      Set.of("format", "delimiter", "null", "header", "quote", "escape", "force_quote", "encoding");

  /** The server refuses these: what stands behind a backslash in text could be one. */
  private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

  private static final String LINE_ENDS = "\r\n";

  private static final Set<String> TRUE = Set.of("", "true", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "off", "0");

  private CopyFormats() {}

  static CopyFormat of(List<Option> options) {
    Map<String, String> given = new HashMap<>();
    Set<String> quoted = Set.of();
    for (Option option : options) {
      if (!KNOWN.contains(option.name())) {
        throw UnprovedException.of("the option \"" + option.name() + "\" of COPY");
      }
      String value = option.values().isEmpty() ? "" : option.values().getFirst();
      if (given.put(option.name(), value) != null) {
        throw UnprovedException.of("an option of COPY that is given twice");
      }
      quoted = option.name().equals("force_quote") ? Set.copyOf(option.values()) : quoted;
    }
    encoding(given.getOrDefault("encoding", "UTF8"));
    return switch (given.getOrDefault("format", "text").toLowerCase(Locale.ROOT)) {
      case "text" -> lines(CopyFormat.Kind.TEXT, given, "\t", "\\N", quoted);
      case "csv" -> lines(CopyFormat.Kind.CSV, given, ",", "", quoted);
      case "binary" ->
          new CopyFormat(CopyFormat.Kind.BINARY, (byte) 0, "", CopyFormat.Quoting.NONE, false);
      default -> throw UnprovedException.of("a format of COPY that is not known");
    };
  }

  private static CopyFormat lines(
      CopyFormat.Kind kind,
      Map<String, String> given,
      String delimiter,
      String nullText,
      Set<String> quoted) {
    byte quote = one(given.getOrDefault("quote", "\""));
    CopyFormat format =
        new CopyFormat(
            kind,
            one(given.getOrDefault("delimiter", delimiter)),
            given.getOrDefault("null", nullText),
            new CopyFormat.Quoting(
                quote,
                given.containsKey("escape") ? one(given.get("escape")) : quote,
                quoted.contains("*"),
                quoted),
            header(given));
    if (!endsOfFieldsAreCertain(format)) {
      throw UnprovedException.of("options of COPY that leave open where a field ends");
    }
    return format;
  }

  /**
   * The server refuses most of what would not be; a line feed as the quote it takes, and a
   * backslash at the end of what is written as it is for NULL.
   */
  private static boolean endsOfFieldsAreCertain(CopyFormat format) {
    String nullText = format.nullText();
    char delimiter = (char) format.delimiter();
    char quote = (char) format.quoting().quote();
    boolean separated = LINE_ENDS.indexOf(delimiter) < 0 && nullText.indexOf(delimiter) < 0;
    boolean inOneLine = LINE_ENDS.chars().noneMatch(end -> nullText.indexOf(end) >= 0);
    return separated
        && inOneLine
        && switch (format.kind()) {
          case TEXT -> !endsInHalfAnEscape(nullText) && NO_DELIMITERS.indexOf(delimiter) < 0;
          case CSV ->
              LINE_ENDS.indexOf(quote) < 0
                  && LINE_ENDS.indexOf(format.quoting().escape()) < 0
                  && quote != delimiter
                  && nullText.indexOf(quote) < 0;
          case BINARY -> true;
        };
  }

  private static boolean endsInHalfAnEscape(String nullText) {
    int backslashes = 0;
    while (backslashes < nullText.length()
        && nullText.charAt(nullText.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static byte one(String text) {
    if (text.length() != 1 || text.charAt(0) > 127) {
      throw UnprovedException.of("an option of COPY that is no single ASCII character");
    }
    return (byte) text.charAt(0);
  }

  private static boolean header(Map<String, String> given) {
    String header = given.getOrDefault("header", "false").toLowerCase(Locale.ROOT);
    if (!TRUE.contains(header) && !FALSE.contains(header)) {
      throw UnprovedException.of("a header of COPY that is neither on nor off");
    }
    return TRUE.contains(header);
  }

  private static void encoding(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    if (!plain.equals("utf8") && !plain.equals("unicode")) {
      throw UnprovedException.of("another encoding of COPY than UTF8");
    }
  }
}
