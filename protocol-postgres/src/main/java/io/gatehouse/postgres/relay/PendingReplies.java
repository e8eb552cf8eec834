package io.gatehouse.postgres.relay;

import org.jspecify.annotations.Nullable;

/**
 * What was forwarded and not answered yet, in order. A ring of parallel arrays, so that the hot
 * path allocates nothing. Owned by the session's event loop.
 */
final class PendingReplies {

  /** What the server owes for an entry. */
  enum Kind {
    /** ParseComplete. Detail: the {@link Names.Prepared} that it defines. */
    PARSE,
    /** BindComplete. Detail: the {@link Names.Portal} that it defines. */
    BIND,
    /** ParameterDescription, then RowDescription or NoData. */
    DESCRIBE_STATEMENT,
    /** RowDescription or NoData. */
    DESCRIBE_PORTAL,
    /** The same, asked by the gate: swallowed. Detail: the {@link Execution} it prepares. */
    GATE_DESCRIBE,
    /** Rows, then CommandComplete, EmptyQueryResponse or PortalSuspended. Detail: Execution. */
    EXECUTE,
    /** CloseComplete. */
    CLOSE,
    /** ReadyForQuery. */
    SYNC,
    /** Results of each statement, then ReadyForQuery. Detail: Execution. */
    QUERY,
    /** FunctionCallResponse, then ReadyForQuery. Detail: Execution. */
    FUNCTION_CALL,
    /** Nothing: marks where CopyDone or CopyFail stands between the others. */
    COPY_END,
    /** What the gate asked inside of a batch: swallowed. Detail: the {@link Question}. */
    INQUIRY,
    /** An error, in whose place the client gets the refusal. Detail: the refusal. */
    POISON,
    /** The same, then ReadyForQuery. Detail: the refusal. */
    POISON_QUERY;

    /** Whether the server sends ReadyForQuery at its end. */
    boolean endsBatch() {
      return this == SYNC || this == QUERY || this == FUNCTION_CALL || this == POISON_QUERY;
    }
  }

  private static final int INITIAL = 16;

  private Kind[] kinds = new Kind[INITIAL];
  private @Nullable Object[] details = new Object[INITIAL];
  private int head;
  private int size;

  void add(Kind kind, @Nullable Object detail) {
    if (size == kinds.length) {
      grow();
    }
    int slot = (head + size++) & (kinds.length - 1);
    kinds[slot] = kind;
    details[slot] = detail;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The kind of the oldest entry, or null. */
  @Nullable Kind head() {
    return size == 0 ? null : kinds[head];
  }

  @Nullable Object headDetail() {
    return size == 0 ? null : details[head];
  }

  Kind kind(int index) {
    return kinds[(head + index) & (kinds.length - 1)];
  }

  @Nullable Object detail(int index) {
    return details[(head + index) & (kinds.length - 1)];
  }

  void remove() {
    details[head] = null;
    head = (head + 1) & (kinds.length - 1);
    size--;
  }

  /** Whether a command is among them, which may be running. */
  boolean holdExecution() {
    for (int i = 0; i < size; i++) {
      if (detail(i) instanceof Execution) {
        return true;
      }
    }
    return false;
  }

  /** Removes the entry at {@code index}, keeping the order of the others. Rare: COPY only. */
  void remove(int index) {
    for (int i = index; i > 0; i--) {
      int to = (head + i) & (kinds.length - 1);
      int from = (head + i - 1) & (kinds.length - 1);
      kinds[to] = kinds[from];
      details[to] = details[from];
    }
    remove();
  }

  private void grow() {
    Kind[] moreKinds = new Kind[2 * kinds.length];
    @Nullable Object[] moreDetails = new Object[2 * details.length];
    for (int i = 0; i < size; i++) {
      moreKinds[i] = kind(i);
      moreDetails[i] = detail(i);
    }
    kinds = moreKinds;
    details = moreDetails;
    head = 0;
  }
}
