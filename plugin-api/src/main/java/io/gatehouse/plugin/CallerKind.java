package io.gatehouse.plugin;

/** What a caller is by itself, whoever it acts for. */
public enum CallerKind {
  /** Somebody, or a program of which its issuer's configuration does not tell that it is one. */
  PERSON,
  /** A program that came with a proof of its own, and no person behind it. */
  AGENT
}
