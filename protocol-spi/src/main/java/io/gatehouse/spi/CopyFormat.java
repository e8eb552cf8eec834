package io.gatehouse.spi;

import java.util.Set;

/**
 * How a bulk copy writes its rows.
 *
 * @param delimiter between fields; not used by the binary form
 * @param nullText what stands for NULL, in the session's encoding; not used by the binary form
 * @param quoting used by CSV only
 * @param header whether the first line has names instead of values
 */
public record CopyFormat(
    Kind kind, byte delimiter, String nullText, Quoting quoting, boolean header) {

  /** The forms. */
  public enum Kind {
    TEXT,
    CSV,
    BINARY
  }

  /**
   * How CSV keeps a field together.
   *
   * @param quote around a field
   * @param escape before a quote or an escape in a field
   * @param always whether every field that is not NULL has quotes, needed or not
   * @param columns the labels of columns of which the same holds
   */
  public record Quoting(byte quote, byte escape, boolean always, Set<String> columns) {

    /** What the binary form and text have no use for. */
    public static final Quoting NONE = new Quoting((byte) '"', (byte) '"', false, Set.of());

    public Quoting {
      columns = Set.copyOf(columns);
    }
  }
}
