package io.gatehouse.mysql;

import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.RowFields;
import io.gatehouse.mysql.value.ColumnKind;
import io.gatehouse.mysql.value.ShownValue;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one result on record. None says whether it is text or binary, and neither does what
 * stands before it: a row that can be read both ways is not read, unless one before it could be
 * read in one way only. Not thread-safe.
 */
final class RecordedRows {

  /** Which rows these are, as far as is known. */
  enum Form {
    UNKNOWN,
    TEXT,
    BINARY
  }

  private final List<ColumnKind> kinds;
  private final RowFields text;
  private final RowFields binary;

  RecordedRows(List<ColumnDefinition41> columns) {
    kinds = columns.stream().map(ColumnKind::of).toList();
    List<Integer> types = columns.stream().map(ColumnDefinition41::type).toList();
    text = new RowFields(types, false);
    binary = new RowFields(types, true);
  }

  /**
   * @return what the row is; unknown if it is neither, or could be both
   */
  Form form(byte[] payload, Form known) {
    boolean asText = known != Form.BINARY && fits(payload, false);
    boolean asBinary = known != Form.TEXT && fits(payload, true);
    if (asText == asBinary) {
      return Form.UNKNOWN;
    }
    return asText ? Form.TEXT : Form.BINARY;
  }

  private boolean fits(byte[] payload, boolean isBinary) {
    RowFields fields = isBinary ? binary : text;
    try {
      fields.wrap(Unpooled.wrappedBuffer(payload));
    } catch (ProtocolException e) {
      return false;
    }
    for (int i = 0; i < kinds.size(); i++) {
      if (!fields.isNull(i)
          && !ShownValue.wellFormed(value(payload, fields, i), kinds.get(i), isBinary)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] value(byte[] payload, RowFields fields, int column) {
    return Arrays.copyOfRange(payload, fields.content(column), fields.end(column));
  }

  /** Of a row that was found to be of this form just now. */
  List<@Nullable String> values(byte[] payload, Form form) {
    boolean isBinary = form == Form.BINARY;
    RowFields fields = isBinary ? binary : text;
    List<@Nullable String> values = new ArrayList<>(kinds.size());
    for (int i = 0; i < kinds.size(); i++) {
      if (fields.isNull(i)) {
        values.add(null);
      } else {
        values.add(ShownValue.of(value(payload, fields, i), kinds.get(i), isBinary));
      }
    }
    return Collections.unmodifiableList(values);
  }
}
