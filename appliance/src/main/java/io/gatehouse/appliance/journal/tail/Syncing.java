package io.gatehouse.appliance.journal.tail;

import java.time.Duration;

/** When an entry counts as written: what a loss of power may take. */
public sealed interface Syncing {

  /** When it is synced; as often as the disk can, all that came meanwhile together. */
  record Each() implements Syncing {}

  /** When it is synced; at most so often. */
  record Interval(Duration most) implements Syncing {}

  /** At once. It outlives the process; a loss of power may take what the system had not written. */
  record Os() implements Syncing {}
}
