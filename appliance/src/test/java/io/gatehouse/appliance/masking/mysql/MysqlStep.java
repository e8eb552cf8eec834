package io.gatehouse.appliance.masking.mysql;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thing that a client does. */
public sealed interface MysqlStep {
  /** What it says, for reports and for what is to be replaced in it. */
  String sql();

  /** A query as text. */
  record Text(String sql) implements MysqlStep {}

  /** Prepared, run with values that are texts, and closed. */
  record Prepared(String sql, List<String> binds) implements MysqlStep {
    public Prepared {
      binds = List.copyOf(binds);
    }
  }

  /** Prepared and run with a cursor, of which rows are fetched by threes. */
  record Cursor(String sql) implements MysqlStep {}

  /** Prepared under a name of the list. */
  record Keep(String name, String sql) implements MysqlStep {}

  /** What was kept is run. */
  record Again(String name) implements MysqlStep {
    @Override
    public String sql() {
      return name;
    }
  }

  /** A part of the first value of what was kept. */
  record LongData(String name, String sql) implements MysqlStep {}

  /** COM_INIT_DB. */
  record Database(String sql) implements MysqlStep {}

  /** COM_RESET_CONNECTION. */
  record Reset() implements MysqlStep {
    @Override
    public String sql() {
      return "";
    }
  }

  /** COM_SET_OPTION. */
  record Option(int number) implements MysqlStep {
    @Override
    public String sql() {
      return "";
    }
  }

  /** A payload as it is, of a kind that has one packet for an answer, or none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Raw(byte[] payload) implements MysqlStep {
    @Override
    public String sql() {
      return "";
    }
  }

  /** A query of these bytes, whatever they are in the session's character set. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] text) implements MysqlStep {
    @Override
    public String sql() {
      return "";
    }
  }

  Pattern WORD = Pattern.compile("@(bind|cursor|keep|again|long|init|reset|option|raw|bytes)\\b ?");

  /** As lists write it: a query, or what a word after an at sign says. */
  static MysqlStep parse(String text) {
    Matcher word = WORD.matcher(text);
    if (!word.lookingAt()) {
      return new Text(text);
    }
    String rest = text.substring(word.end());
    return switch (word.group(1)) {
      case "bind" -> bind(rest);
      case "cursor" -> new Cursor(rest);
      case "keep" -> new Keep(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
      case "again" -> new Again(rest);
      case "long" -> new LongData(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
      case "init" -> new Database(rest);
      case "reset" -> new Reset();
      case "option" -> new Option(Integer.parseInt(rest));
      case "raw" -> new Raw(hex(rest));
      default -> new Bytes(hex(rest));
    };
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static MysqlStep bind(String text) {
    String[] parts = text.split(" \\| ", -1);
    return new Prepared(parts[0], Arrays.asList(parts).subList(1, parts.length));
  }

  /** The same about other names. */
  default MysqlStep saying(String other) {
    return switch (this) {
      case Text _ -> new Text(other);
      case Prepared(_, var binds) -> new Prepared(other, binds);
      case Cursor _ -> new Cursor(other);
      case Keep(var name, _) -> new Keep(name, other);
      case LongData(var name, _) -> new LongData(name, other);
      case Database _ -> new Database(other);
      case Again _, Reset _, Option _, Raw _, Bytes _ -> this;
    };
  }
}
