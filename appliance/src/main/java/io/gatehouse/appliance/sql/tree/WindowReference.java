package io.gatehouse.appliance.sql.tree;

/** What stands after OVER. */
public sealed interface WindowReference {
  record Named(Name name) implements WindowReference {}

  record Inline(WindowDefinition definition) implements WindowReference {}
}
