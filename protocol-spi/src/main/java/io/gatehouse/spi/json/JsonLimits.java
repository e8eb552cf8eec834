package io.gatehouse.spi.json;

/**
 * How much JSON is read.
 *
 * @param bytes of a text
 * @param depth of arrays and objects in each other; at most {@link #MAX_DEPTH}
 * @param values in a text, arrays and objects included, names of members not
 * @param numberBytes of one number
 */
public record JsonLimits(int bytes, int depth, int values, int numberBytes) {
  /** Values are turned to Java's by methods that call themselves. */
  public static final int MAX_DEPTH = 256;

  /** The index of that many values takes about as much memory as the bytes do. */
  public static final JsonLimits DEFAULTS = new JsonLimits(8_388_608, 64, 262_144, 64);

  public JsonLimits {
    if (bytes < 1 || depth < 1 || values < 1 || numberBytes < 1) {
      throw new IllegalArgumentException("a limit of JSON must be 1 or more");
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("JSON is read up to a depth of " + MAX_DEPTH);
    }
  }

  public JsonLimits withBytes(int most) {
    return new JsonLimits(most, depth, values, numberBytes);
  }

  public JsonLimits withDepth(int most) {
    return new JsonLimits(bytes, most, values, numberBytes);
  }

  public JsonLimits withValues(int most) {
    return new JsonLimits(bytes, depth, most, numberBytes);
  }
}
