package io.gatehouse.appliance.catalog;

/**
 * One overload of a function, procedure or aggregate that did not come with the server.
 *
 * @param extension the extension it belongs to, or empty; its effects are then asked of {@link
 *     io.gatehouse.appliance.catalog.builtin.Builtins#extension}
 */
public record Routine(
    String schema,
    String name,
    Kind kind,
    Volatility volatility,
    String language,
    boolean securityDefiner,
    String extension) {

  /** What sort of routine it is. */
  public enum Kind {
    FUNCTION,
    PROCEDURE,
    AGGREGATE,
    WINDOW
  }

  /** What its author promised; nobody checks it. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }
}
