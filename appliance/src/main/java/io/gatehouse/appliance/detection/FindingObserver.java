package io.gatehouse.appliance.detection;

/** Told of findings, on event loops; must not block. Thread-safe. */
@FunctionalInterface
public interface FindingObserver {
  FindingObserver NOBODY = _ -> {};

  /** A command in whose results something was found has ended, or its session has. */
  void found(CommandFindings findings);
}
