package io.gatehouse.appliance.journal.keep;

import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.seal.RefusedException;
import io.gatehouse.appliance.journal.seal.SealedRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes records unreadable: first they are named in signed records, then their keys are shredded,
 * then files are deleted. Each step takes from the signed records what is to be done, so whoever
 * comes after a crash goes on with {@link #finish}. One thread.
 */
final class Pruning {
  /** So many fit into a record of the tail, which has 1 MiB. */
  static final int KEYS_OF_RECORD = 50_000;

  private final KeptJournal journal;
  private final Signing signing;

  /** Waits until what was written is signed. */
  @FunctionalInterface
  interface Signing {
    void await(long sequence) throws IOException;

    /** Whether it is given up. */
    default boolean closing() {
      return false;
    }
  }

  Pruning(KeptJournal journal, Signing signing) {
    this.journal = journal;
    this.signing = signing;
  }

  SealedRows rows() {
    return new SealedRows(journal.directory(), journal.signedBy(), signing::closing);
  }

  /** How many data keys were named, were kept for a hold, and because they may be in use. */
  record Announced(int named, int held, int live) {}

  /**
   * Names in signed records what goes. Nothing is gone when this returns.
   *
   * @param limit every record must be older, nanoseconds since 1970
   * @param operators fingerprints
   */
  Announced announce(String order, int retention, long limit, List<String> operators)
      throws IOException, RefusedException {
    int named = 0;
    while (true) {
      Survey survey = Survey.of(rows());
      Set<UUID> pruned = survey.pruned().getOrDefault(retention, Set.of());
      Candidates.Selection found =
          new Candidates(retention, limit, journal.boot(), pruned)
              .select(rows(), survey.holds().values());
      if (found.free().isEmpty() && named > 0) {
        return new Announced(named, found.held(), found.live());
      }
      write(order, retention, found.free(), operators);
      named += found.free().size();
      if (found.free().isEmpty()) {
        return new Announced(named, found.held(), found.live());
      }
    }
  }

  private void write(String order, int retention, List<UUID> free, List<String> operators)
      throws IOException {
    int from = 0;
    do {
      List<byte[]> keys =
          free.subList(from, Math.min(free.size(), from + KEYS_OF_RECORD)).stream()
              .map(Pruning::bytes)
              .toList();
      signing.await(journal.write(new RecorderRecord.Pruned(retention, keys, operators, order)));
      from += KEYS_OF_RECORD;
    } while (from < free.size());
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Does what signed records say that is done. How many files went. */
  int finish() throws IOException, RefusedException {
    Map<Integer, Set<UUID>> pruned = Survey.of(rows()).pruned();
    shred(pruned);
    return sweep(pruned);
  }

  void shred(Map<Integer, Set<UUID>> pruned) throws IOException {
    Set<UUID> all = new HashSet<>();
    pruned.values().forEach(all::addAll);
    if (!all.isEmpty()) {
      journal.keys().shred(all);
    }
  }

  /** Deletes payload files in which no key lives, but none of the segment that may still grow. */
  int sweep(Map<Integer, Set<UUID>> pruned) throws IOException, RefusedException {
    if (pruned.values().stream().allMatch(Set::isEmpty)) {
      return 0;
    }
    SealedRows rows = rows();
    Dead dead = new Dead(pruned, new HashSet<>(rows.finished()));
    rows.read((row, _) -> dead.take(row));
    int deleted = 0;
    for (Dead.Payloads one : dead.payloads()) {
      deleted += rows.deletePayloads(one.segment(), one.retention()) ? 1 : 0;
    }
    if (deleted > 0) {
      rows.sync();
    }
    return deleted;
  }
}
