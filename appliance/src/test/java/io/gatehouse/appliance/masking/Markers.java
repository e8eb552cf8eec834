package io.gatehouse.appliance.masking;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Finds protected values in bytes, whatever form they have been given: text in several encodings,
 * the types' binary forms, digests. Values that say nothing by themselves (a flag, a word of few, a
 * number below ten thousand) it does not know: twins tell these. Immutable.
 */
public final class Markers {
  /** Of a few words that are not secret by themselves, such as those of an enum. */
  private static final int LONGEST_WORD = 9;

  private static final Set<String> BYTES = Set.of("bytea", "BLOB", "VARBINARY", "LONGBLOB");

  private static final class Sought {
    private final Mark mark;
    private final byte[] bytes;

    private Sought(Mark mark, byte[] bytes) {
      this.mark = mark;
      this.bytes = bytes;
    }
  }

  private final Map<Integer, List<Sought>> byStart = new HashMap<>();
  private final BitSet starts = new BitSet(1 << 16);
  private final Set<String> columns = new LinkedHashSet<>();

  private Markers() {
    for (String token : Secrets.TOKENS) {
      seek("any", token, Forms.pieces(token));
      // As words are written in names.
      seek(
          "any",
          token,
          Forms.pieces(token.charAt(0) + token.substring(1).toLowerCase(Locale.ROOT)));
    }
  }

  /** The two words that are in every protected text, and in every string of bytes. */
  public static Markers tokens() {
    return new Markers();
  }

  /** These, and each protected value that the bank's database holds now. */
  public static Markers of(Connection bank) throws SQLException {
    return of(bank, ProtectedColumns.all());
  }

  public static Markers of(Connection database, List<ProtectedColumn> columns) throws SQLException {
    Markers markers = new Markers();
    for (ProtectedColumn column : columns) {
      markers.add(database, column);
    }
    return markers;
  }

  /** These values are what a query gives in its one column; its name is only for reports. */
  public static Markers of(Connection database, String name, String query) throws SQLException {
    Markers markers = new Markers();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      markers.add(name, rows);
    }
    return markers;
  }

  private void add(Connection database, ProtectedColumn column) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT %s FROM %s".formatted(column.column(), column.relation()))) {
      add(column.name(), rows);
    }
  }

  private void add(String column, ResultSet rows) throws SQLException {
    String type = rows.getMetaData().getColumnTypeName(1);
    while (rows.next()) {
      String value = rows.getString(1);
      if (value != null) {
        Object object = type.equals("_text") ? rows.getArray(1).getArray() : value;
        byte[] raw = BYTES.contains(type) ? rows.getBytes(1) : new byte[0];
        add(column, type, object, raw);
      }
    }
  }

  private void add(String column, String type, Object value, byte[] raw) {
    String text = String.valueOf(value);
    switch (type) {
      case "bytea", "BLOB", "VARBINARY", "LONGBLOB" ->
          seek(column, HexFormat.of().formatHex(raw), Forms.ofBytes(raw));
      case "date", "DATE" -> seek(column, text, Forms.ofDate(LocalDate.parse(text)));
      case "timestamptz" ->
          seek(
              column,
              text,
              Forms.ofInstant(
                  OffsetDateTime.parse(
                      text.replace(' ', 'T').replaceFirst("([+-]\\d\\d)$", "$1:00"))));
      case "uuid" -> seek(column, text, Forms.ofUuid(UUID.fromString(text)));
      case "inet" -> seek(column, text, Forms.ofAddress(text, address(text)));
      case "int2",
          "int4",
          "int8",
          "numeric",
          "float8",
          "INT",
          "BIGINT",
          "SMALLINT",
          "DECIMAL",
          "DOUBLE" ->
          number(column, new BigDecimal(text));
      case "_text" ->
          Arrays.stream((Object[]) value)
              .forEach(one -> seek(column, one.toString(), Forms.ofText(one.toString())));
      case "json", "jsonb", "JSON" -> document(column, text);
      default -> {
        if (text.length() > LONGEST_WORD) {
          seek(column, text, Forms.ofText(text));
        }
      }
    }
  }

  private void number(String column, BigDecimal number) {
    if (number.scale() > 4 || number.abs().compareTo(BigDecimal.valueOf(9_999)) > 0) {
      seek(column, number.toPlainString(), Forms.ofNumber(number));
    }
  }

  /** The texts and numbers in it. */
  private void document(String column, String json) {
    for (String leaf : json.split("[\\[\\]{}:,\"]+", -1)) {
      String text = leaf.strip();
      if (text.matches("\\d{5,}")) {
        number(column, new BigDecimal(text));
      } else if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
        seek(column, text, Forms.ofDate(LocalDate.parse(text)));
      } else if (Arrays.stream(Secrets.TOKENS).anyMatch(text::contains)) {
        seek(column, text, Forms.ofText(text));
      }
    }
  }

  private static byte[] address(String text) {
    try {
      return InetAddress.getByName(text.replaceFirst("/.*", "")).getAddress();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void seek(String column, String value, Forms forms) {
    columns.add(column);
    forms.all().forEach((form, bytes) -> seek(new Sought(new Mark(column, value, form), bytes)));
  }

  private void seek(Sought sought) {
    ByteBuffer start = ByteBuffer.wrap(sought.bytes);
    starts.set(start.getShort(0) & 0xffff);
    byStart.computeIfAbsent(start.getInt(0), _ -> new ArrayList<>()).add(sought);
  }

  /** Of which columns there is a value that can be found. */
  public Set<String> columns() {
    return Set.copyOf(columns);
  }

  /** Each only once, in the order in which they come. */
  public Set<Mark> in(byte[] bytes) {
    Set<Mark> found = new LinkedHashSet<>();
    ByteBuffer all = ByteBuffer.wrap(bytes);
    for (int at = 0; at + 4 <= bytes.length; at++) {
      if (starts.get(all.getShort(at) & 0xffff)) {
        for (Sought sought : byStart.getOrDefault(all.getInt(at), List.of())) {
          if (starts(bytes, at, sought.bytes)) {
            found.add(sought.mark);
          }
        }
      }
    }
    return found;
  }

  private static boolean starts(byte[] bytes, int at, byte[] with) {
    int end = at + with.length;
    return end <= bytes.length && Arrays.equals(bytes, at, end, with, 0, with.length);
  }
}
