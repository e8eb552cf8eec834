package io.gatehouse.postgres.cancel;

import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Finds the session that a cancel request means. Clients know the server's real process id, because
 * drivers compare it, with a key of ours: the server's own key stays here. Thread-safe.
 */
public final class CancelDesk {
  private static final int REMEMBERED_SOURCES = 10_000;

  /** Protocol 3.0 has room for 4 bytes; from 3.2 on PostgreSQL itself uses 32. */
  private static final int SHORT_KEY_BYTES = 4;

  private static final int LONG_KEY_BYTES = 32;

  /** What a client must name. */
  @SuppressWarnings("ArrayRecordComponent") // compared in constant time only
  public record Ticket(int processId, byte[] key) {
    @Override
    public String toString() {
      return "Ticket[" + processId + "]";
    }
  }

  /** Whom a cancel may mean. Thread-safe. */
  public interface Cancellable {

    /** Cancels what runs now. When the stage is complete, nothing that is sent later can be hit. */
    CompletionStage<Void> takeCancel();
  }

  private record Entry(Ticket ticket, Cancellable session) {}

  private record Failures(long minute, int count) {}

  private final Limits limits;
  private final Meters meters;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, List<Entry>> byProcess = new ConcurrentHashMap<>();
  private final Map<InetAddress, Failures> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Failures> eldest) {
          return size() > REMEMBERED_SOURCES;
        }
      };

  public CancelDesk(Limits limits, Meters meters, InstantSource clock) {
    this.limits = limits;
    this.meters = meters;
    this.clock = clock;
  }

  /** The session may be cancelled from now on. */
  public Ticket register(int processId, int protocolMinor, Cancellable session) {
    byte[] key = new byte[protocolMinor >= 2 ? LONG_KEY_BYTES : SHORT_KEY_BYTES];
    random.nextBytes(key);
    Ticket ticket = new Ticket(processId, key);
    byProcess
        .computeIfAbsent(processId, _ -> new CopyOnWriteArrayList<>())
        .add(new Entry(ticket, session));
    return ticket;
  }

  public void unregister(Ticket ticket) {
    byProcess.computeIfPresent(
        ticket.processId(),
        (_, entries) -> {
          entries.removeIf(entry -> MessageDigest.isEqual(entry.ticket().key(), ticket.key()));
          return entries.isEmpty() ? null : entries;
        });
  }

  /**
   * Never answers: the client learns nothing, right or wrong ("Message Flow", Canceling). But it
   * may take the end of its connection for the end of the cancel, as libpq does, so that the
   * connection is to be closed when the stage is complete and not before.
   */
  public CompletionStage<Void> request(int processId, byte[] key, InetAddress source) {
    if (tooManyFailures(source)) {
      meters.limitReached(Limit.FAILED_CANCELS_PER_SOURCE);
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (Entry entry : byProcess.getOrDefault(processId, List.of())) {
      if (MessageDigest.isEqual(entry.ticket().key(), key)) {
        taken.add(entry.session().takeCancel().toCompletableFuture());
      }
    }
    if (taken.isEmpty()) {
      meters.cancelUnknown();
      countFailure(source);
    }
    return CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new));
  }

  private boolean tooManyFailures(InetAddress source) {
    synchronized (failures) {
      Failures known = failures.get(source);
      return known != null
          && known.minute() == minute()
          && known.count() >= limits.of(Limit.FAILED_CANCELS_PER_SOURCE);
    }
  }

  private void countFailure(InetAddress source) {
    long minute = minute();
    synchronized (failures) {
      failures.compute(
          source,
          (_, known) ->
              known == null || known.minute() != minute
                  ? new Failures(minute, 1)
                  : new Failures(minute, known.count() + 1));
    }
  }

  private long minute() {
    return clock.instant().getEpochSecond() / 60;
  }
}
