package io.gatehouse.plugin;

/**
 * Something behind the gate.
 *
 * @param name its name in the configuration, the journal and the metrics
 * @param protocol what it speaks
 */
public record Target(String name, Protocol protocol) {

  /** What a target speaks. */
  public enum Protocol {
    POSTGRESQL,
    MYSQL,
    MARIADB,
    MCP,
    INFERENCE
  }

  public Target {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a target has a name");
    }
  }
}
