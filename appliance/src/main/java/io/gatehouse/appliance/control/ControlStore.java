package io.gatehouse.appliance.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The state that survives a restart. Every method returns at once and may be called from any
 * thread, an event loop too: the work is done on the store's own few threads.
 *
 * <p>A stage completes on a thread of the store, or on the JDK's timer when time ran out: what
 * waits for it hops to its own thread and does not block there. A stage that fails does so with a
 * {@link StoreException}, see {@link StoreException#from}; who needed the answer to let somebody in
 * refuses. A write that failed may have been made all the same where the reason {@linkplain
 * StoreFailure#mayHaveBeenWritten says so}; revoking is safe to repeat.
 */
public interface ControlStore extends AutoCloseable {

  /** What {@link #list} and {@link #changesSince} return at most. */
  int MOST_ROWS = 1_000;

  /**
   * Opens what is there, makes it if it is not, and brings it to the form this program knows.
   * Blocks on a disk or a network: for starts only.
   */
  static ControlStore open(StoreLocation location, StoreLimits limits) throws StoreException {
    return SqlControlStore.open(location, limits, Migrations.shipped());
  }

  /**
   * A random key, the same for all who share the store and as long as it lives: what makes the salt
   * of a name, so that names that are not there have one that stays too.
   */
  CompletionStage<byte[]> saltKey();

  /**
   * Keeps a new one; fails with {@link StoreFailure#NAME_TAKEN} where there is one of that name.
   */
  CompletionStage<@Nullable Void> put(StoredCredential credential);

  /** The one that may be used now. An expired, a revoked and an unknown one are alike: empty. */
  CompletionStage<Optional<StoredCredential>> find(String name, Instant now);

  /** For people: in whatever state it is, until it is forgotten, and without what verifies it. */
  CompletionStage<Optional<IssuedCredential>> show(String name);

  /** As {@link #show}, in the order of their names. */
  CompletionStage<List<IssuedCredential>> list(Listing listing);

  /**
   * Takes effect with the next {@link #find} of any gate that shares the store. Repeating is
   * harmless; of two for the same the later time counts.
   *
   * @return the version of the store that has it
   */
  CompletionStage<Long> revoke(Revocation revocation);

  /**
   * What was revoked after that version, oldest first. Costs one short read where nothing was, so
   * it can be asked every second.
   *
   * @param version that of the last answer; 0 for all that is kept
   */
  CompletionStage<Changes> changesSince(long version);

  /** By what the provider is asked again about credentials. */
  Refreshes refreshes();

  /** Definitions of tools and prompts that count. */
  Pins pins();

  /** Deletes what expired before; returns how many rows. */
  CompletionStage<Integer> forget(Instant now);

  /** Waits for what has begun, within the store's timeout; what waits fails. */
  @Override
  void close();

  /**
   * A page of a list.
   *
   * @param subject only of this one
   * @param after the last name of the page before; empty for the first
   * @param most rows, no more than {@link #MOST_ROWS}
   */
  record Listing(Optional<String> subject, String after, int most) {
    public Listing {
      if (most < 1 || most > MOST_ROWS) {
        throw new IllegalArgumentException("a page has 1 to " + MOST_ROWS + " rows");
      }
    }

    public static Listing ofAll() {
      return new Listing(Optional.empty(), "", MOST_ROWS);
    }

    public static Listing of(String subject) {
      return new Listing(Optional.of(subject), "", MOST_ROWS);
    }
  }
}
