package io.gatehouse.spi.login;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who the gate is on a target, at one moment. Whoever logs in asks for the {@link #current} one.
 *
 * @param user the database user
 * @param password null where the target trusts the connection itself
 * @param keeper knows what takes its place
 */
public record Credential(String user, @Nullable HeldSecret password, Keeper keeper) {

  /** One that nothing takes the place of. */
  public Credential(String user, @Nullable HeldSecret password) {
    this(user, password, Unchanging.INSTANCE);
  }

  /** Knows what takes the place of a credential. Thread-safe; never blocks. */
  public interface Keeper {
    /** What is good now; empty if it has ended and nothing took its place. */
    Optional<Credential> current(Credential held);

    /**
     * A server did not take it, or it has ended. Never fails.
     *
     * @return another to try, or empty if there is none; completes on any thread
     */
    CompletionStage<Optional<Credential>> another(Credential refused);

    /** Whether what takes its place may be of another user. */
    default boolean changesUser() {
      return false;
    }
  }

  private enum Unchanging implements Keeper {
    INSTANCE;

    @Override
    public Optional<Credential> current(Credential held) {
      return Optional.of(held);
    }

    @Override
    public CompletionStage<Optional<Credential>> another(Credential refused) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  public Optional<Credential> current() {
    return keeper.current(this);
  }

  public CompletionStage<Optional<Credential>> another() {
    return keeper.another(this);
  }

  @Override
  public String toString() {
    return "Credential[" + user + "]";
  }
}
