package io.gatehouse.verifier;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what is found and passes it on; it keeps nothing, however much is found. */
public final class Report {
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Consumer<Finding> listener;
  long records;
  long proved;
  long checkpoints;
  long unsealed;

  Report(Consumer<Finding> listener) {
    this.listener = listener;
  }

  void add(Kind kind, String file, long offset, String text) {
    add(new Finding(kind, -1, -1, file, offset, text));
  }

  void add(Finding finding) {
    counts.merge(finding.kind(), 1L, Long::sum);
    listener.accept(finding);
  }

  /** How much was found of each kind. */
  public Map<Kind, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** Records that are in the tree of the newest checkpoint. */
  public long proved() {
    return proved;
  }

  /** Records in the segments, proved or not. */
  public long records() {
    return records;
  }

  /** Checkpoints with a good signature. */
  public long checkpoints() {
    return checkpoints;
  }

  /** Records that only the tail holds. */
  public long unsealed() {
    return unsealed;
  }

  /** That of the gravest kind, 0 if all is proved or not to be proved yet. */
  public int exitCode() {
    return counts.keySet().stream()
        .mapToInt(Kind::exitCode)
        .filter(code -> code > 0)
        .min()
        .orElse(0);
  }
}
