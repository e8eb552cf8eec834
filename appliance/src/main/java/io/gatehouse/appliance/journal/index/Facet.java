package io.gatehouse.appliance.journal.index;

/** By what a record can be found. */
public enum Facet {
  SESSION,
  KIND,
  /** The caller's subject, the one behind an agent, or the name of a login that was refused. */
  CALLER,
  TARGET,
  /** The name of anything that a command touches, in each of its shorter forms too. */
  NAME,
  FINGERPRINT,
  VERDICT,
  RULE
}
