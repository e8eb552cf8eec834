package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Command;

/** Reads a statement as the gate would; what it cannot read is not understood, never an error. */
@FunctionalInterface
public interface CommandReader {

  /** Understands nothing: for where no analysis is at hand. */
  CommandReader NONE = (_, _, _) -> Command.notUnderstood("statements cannot be read here");

  Command read(String target, String database, String statement);
}
