package io.gatehouse.appliance.catalog;

/**
 * A type that did not come with the server.
 *
 * @param codeOnUse making, checking or printing a value of it may run code that nobody reviewed
 * @param extension the extension it belongs to, or empty
 */
public record UserType(String schema, String name, Kind kind, boolean codeOnUse, String extension) {

  /** What sort of type it is. */
  public enum Kind {
    BASE,
    ENUM,
    DOMAIN,
    COMPOSITE,
    RANGE,
    MULTIRANGE,
    ARRAY,
    PSEUDO
  }
}
