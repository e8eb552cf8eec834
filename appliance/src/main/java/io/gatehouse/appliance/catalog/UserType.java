package io.gatehouse.appliance.catalog;

import java.util.List;

/**
 * A type that did not come with the server.
 *
 * @param oid the server's number for it
 * @param codeOnUse making, checking or printing a value of it may run code that nobody reviewed
 * @param extension the extension it belongs to, or empty
 * @param labels what an enumeration's values may be, in their order; empty for all others
 */
public record UserType(
    long oid,
    String schema,
    String name,
    Kind kind,
    boolean codeOnUse,
    String extension,
    List<String> labels) {

  public UserType {
    labels = List.copyOf(labels);
  }

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
