package io.gatehouse.spi;

/**
 * How a bulk copy writes its rows.
 *
 * @param delimiter between fields; not used by the binary form
 * @param nullText what stands for NULL, in the session's encoding; not used by the binary form
 * @param quote around a field of CSV
 * @param escape before a quote in a field of CSV
 * @param header whether the first line has names instead of values
 */
public record CopyFormat(
    Kind kind, byte delimiter, String nullText, byte quote, byte escape, boolean header) {

  /** The forms. */
  public enum Kind {
    TEXT,
    CSV,
    BINARY
  }
}
