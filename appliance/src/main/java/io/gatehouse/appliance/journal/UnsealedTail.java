package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.seal.Unsealed;
import io.gatehouse.appliance.journal.tail.Tail;
import io.gatehouse.appliance.journal.tail.TailReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tail as the sealer reads it. Owned by the sealer's thread. */
final class UnsealedTail implements Unsealed {
  private final Tail tail;
  private @Nullable TailReader reader;
  private volatile long sealed = -1;

  UnsealedTail(Tail tail) {
    this.tail = tail;
  }

  @Override
  public void goBehind(long sequence) throws IOException {
    close();
    reader = tail.readerBehind(sequence);
  }

  @Override
  public Optional<Entry> next() throws IOException {
    return reader().next().map(entry -> new Entry(entry.head(), entry.payload()));
  }

  @Override
  public boolean lost(long first, long last) {
    return tail.abandoned(first, last);
  }

  @Override
  public void sealed(long sequence) throws IOException {
    reader().sealed(sequence);
    sealed = sequence;
  }

  /** Everything up to there is signed. Asked by any thread. */
  long sealed() {
    return sealed;
  }

  private TailReader reader() {
    TailReader open = reader;
    if (open == null) {
      throw new IllegalStateException("nobody said from where on");
    }
    return open;
  }

  void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
