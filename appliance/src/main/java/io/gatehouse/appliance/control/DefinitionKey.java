package io.gatehouse.appliance.control;

/**
 * Something that a server defines. Names are compared as they are: what differs in case only is
 * another.
 *
 * @param target as the configuration calls it
 * @param server of several behind the target; empty if there is one
 */
public record DefinitionKey(String target, String server, Kind kind, String name) {
  /** What is defined. */
  public enum Kind {
    TOOL,
    PROMPT
  }
}
