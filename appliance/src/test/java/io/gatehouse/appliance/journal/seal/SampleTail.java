package io.gatehouse.appliance.journal.seal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** A tail in memory, with sessions that a seed made; it survives a crash of the sealer. */
final class SampleTail implements Unsealed {
  static final UUID NONE = new UUID(0, 0);
  private static final long EPOCH = 1_790_000_000_000_000_000L;

  /** What a test asks for in a row. */
  record Sample(int kind, int retention, UUID dataKey, long answers, ByteBuffer payload) {
    Sample(int kind, int retention, UUID dataKey, long answers, byte[] payload) {
      this(kind, retention, dataKey, answers, ByteBuffer.wrap(payload));
    }
  }

  private final Random random;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Long> open = new ArrayList<>();
  private UUID boot;
  private long sequence;
  private long monotonic;
  private int next;
  private long behind = -1;
  private volatile long sealed = -1;

  SampleTail(long seed) {
    this.random = new Random(seed);
    this.boot = uuid();
    start();
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** A process starts: its first record says so. */
  void start() {
    boot = uuid();
    monotonic = 0;
    open.clear();
    add(new Sample(1, 1, uuid(), -1, bytes(40)));
  }

  UUID boot() {
    return boot;
  }

  long sequence() {
    return sequence;
  }

  long sealed() {
    return sealed;
  }

  List<Entry> entries() {
    return entries;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * Commands with their outcomes, some interleaved, now and then a result or something in clear
   * text.
   */
  SampleTail commands(int records) {
    for (int i = 0; i < records; i++) {
      int length = 16 + random.nextInt(300);
      if (random.nextInt(10) == 0) {
        add(new Sample(8, 0, NONE, -1, bytes(20)));
      } else if (open.isEmpty() || (open.size() < 4 && random.nextBoolean())) {
        open.add(add(new Sample(18, 1, uuid(), -1, bytes(length))));
      } else if (random.nextInt(4) == 0) {
        long intent = open.get(random.nextInt(open.size()));
        add(new Sample(20, 1, uuid(), intent, bytes(length)));
      } else {
        long intent = open.remove(random.nextInt(open.size()));
        add(new Sample(19, 1 + random.nextInt(2), uuid(), intent, bytes(length)));
      }
    }
    return this;
  }

  /** Answers what is open, so that nothing is left to be said. */
  SampleTail quiet() {
    open.forEach(intent -> add(new Sample(19, 1, uuid(), intent, bytes(32))));
    open.clear();
    return this;
  }

  long add(Sample sample) {
    long taken = sequence++;
    monotonic += 1 + random.nextInt(1_000_000);
    ByteBuffer head = ByteBuffer.allocate(Head.BYTES);
    head.put((byte) 1).put((byte) sample.kind()).putShort((short) sample.retention());
    head.putInt(sample.payload().remaining()).putLong(taken);
    head.putLong(EPOCH + taken * 1_000_000).putLong(monotonic);
    put(head, boot);
    put(head, NONE);
    put(head, sample.dataKey());
    head.putLong(sample.answers()).putLong(7).flip();
    entries.add(new Entry(head, sample.payload()));
    return taken;
  }

  /** Sequences that a crash loses, or that another record takes. */
  void leaveOut(int count) {
    sequence += count;
  }

  private static void put(ByteBuffer head, UUID id) {
    head.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  @Override
  public void goBehind(long from) {
    behind = from;
    next = 0;
  }

  @Override
  public Optional<Entry> next() {
    while (next < entries.size()) {
      Entry entry = entries.get(next++);
      if (Head.of(entry.head()).sequence() > behind) {
        return Optional.of(new Entry(entry.head().duplicate(), entry.payload().duplicate()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void sealed(long upTo) {
    sealed = upTo;
  }
}
