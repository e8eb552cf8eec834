package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.detection.CommandFindings;
import io.gatehouse.appliance.detection.FindingObserver;
import io.gatehouse.appliance.detection.Found;
import io.gatehouse.appliance.detection.Tally;
import io.gatehouse.appliance.protection.MaskTally;
import io.gatehouse.plugin.Caller;
import io.gatehouse.spi.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is masked and what detectors find in the results of a session's commands that have not
 * ended; bounded by the protocol's pipeline. Owned by the session's event loop.
 */
final class SessionFindings {
  private final FindingObserver observer;
  private final long session;
  private final Caller caller;
  private final Upstream upstream;
  private final Map<Long, Tally> running = new HashMap<>();
  private final Map<Long, MaskTally> masked = new HashMap<>();

  SessionFindings(FindingObserver observer, long session, Caller caller, Upstream upstream) {
    this.observer = observer;
    this.session = session;
    this.caller = caller;
    this.upstream = upstream;
  }

  /** A command whose results are searched may run from now on. */
  Tally begins(long sequence) {
    Tally tally = new Tally();
    running.put(sequence, tally);
    return tally;
  }

  /** The same of one whose results are masked. */
  void masks(long sequence, MaskTally tally) {
    masked.put(sequence, tally);
  }

  /** What there is to say of a command that is over. */
  Noted noted(long sequence) {
    MaskTally masks = masked.get(sequence);
    Tally found = running.get(sequence);
    return masks == null && found == null
        ? Noted.NOTHING
        : new Noted(
            masks == null ? List.of() : Noted.of(masks),
            found == null ? List.of() : Noted.of(found));
  }

  void outcome(long sequence) {
    masked.remove(sequence);
    Tally tally = running.remove(sequence);
    if (tally != null) {
      tell(sequence, tally.found());
    }
  }

  private void tell(long sequence, List<Found> found) {
    if (!found.isEmpty()) {
      observer.found(
          new CommandFindings(
              session, sequence, caller.subject(), upstream.target(), upstream.database(), found));
    }
  }

  /** What was found on the way counts, whatever becomes of the rest. */
  void closed() {
    running.forEach((sequence, tally) -> tell(sequence, tally.found()));
    running.clear();
    masked.clear();
  }
}
