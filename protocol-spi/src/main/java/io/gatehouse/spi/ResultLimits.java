package io.gatehouse.spi;

/**
 * Bounds on one result. Reaching one cancels the command upstream and ends it in an error.
 *
 * @param rows most rows
 * @param bytes most bytes of rows
 */
public record ResultLimits(long rows, long bytes) {

  public static final ResultLimits NONE = new ResultLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  public ResultLimits {
    if (rows < 0 || bytes < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }
}
