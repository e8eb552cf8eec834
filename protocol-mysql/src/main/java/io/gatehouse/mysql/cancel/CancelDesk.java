package io.gatehouse.mysql.cancel;

import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.net.Meters;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds the session that a KILL means. Clients know a number of the gate's own: one of the server's
 * could be that of any session of the held user. Thread-safe.
 */
public final class CancelDesk {

  /** What a KILL may end. Thread-safe. */
  public interface Killable {

    /**
     * Ends what runs now, or else what waits. When the stage is complete, nothing that is sent
     * later can be hit.
     */
    CompletionStage<Void> takeCancel();

    /** Ends the session. */
    CompletionStage<Void> takeEnd();
  }

  private record Entry(GateSession gate, Killable session) {}

  private final Meters meters;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, Entry> byNumber = new ConcurrentHashMap<>();

  public CancelDesk(Meters meters) {
    this.meters = meters;
  }

  /** For a greeting: nobody's, and never 0, which servers give to nobody. */
  public int number() {
    int number;
    do {
      number = last.incrementAndGet();
    } while (number == 0 || byNumber.containsKey(number));
    return number;
  }

  /** The session may be killed from now on. */
  public void register(int number, GateSession gate, Killable session) {
    byNumber.put(number, new Entry(gate, session));
  }

  public void unregister(int number) {
    byNumber.remove(number);
  }

  /**
   * Empty for a number that nobody has and for one of another caller's alike, so that nothing can
   * be told from it.
   *
   * @param asking on its event loop
   */
  public Optional<CompletionStage<Void>> request(Kill kill, GateSession asking) {
    Entry entry = byNumber.get(kill.connectionId());
    if (entry == null || !asking.sameCaller(entry.gate())) {
      meters.cancelUnknown();
      return Optional.empty();
    }
    return Optional.of(
        kill.connection() ? entry.session().takeEnd() : entry.session().takeCancel());
  }
}
