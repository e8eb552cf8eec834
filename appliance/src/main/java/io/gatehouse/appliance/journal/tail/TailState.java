package io.gatehouse.appliance.journal.tail;

import java.time.Instant;

/**
 * Whether anything may be written.
 *
 * <pre>
 *   Running --stop--> Stopped --resume--> Running
 *      |                 |
 *      +----- close -----+----> Closed
 * </pre>
 */
public sealed interface TailState {

  /** All kinds of record are taken. */
  record Running() implements TailState {}

  /**
   * Nothing that begins something is taken; what completes something is, as long as there is room
   * in a file that is still sound.
   *
   * @param detail for a person; never of any command
   */
  record Stopped(StopReason reason, String detail, Instant since) implements TailState {}

  /** For good. */
  record Closed() implements TailState {}
}
