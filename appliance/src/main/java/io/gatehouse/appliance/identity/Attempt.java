package io.gatehouse.appliance.identity;

import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import java.util.concurrent.CompletionStage;

/**
 * One login. Called on the session's event loop; stages complete on any thread. A stage that fails
 * refuses the login.
 */
public interface Attempt {

  /** The proof the client shall give. Called first, once. */
  CompletionStage<Offer> offer();

  /**
   * An offer that looks like it, in its place, whose proof will not count: nothing is asked of
   * anybody for it.
   */
  default CompletionStage<Offer> decoy() {
    return offer();
  }

  /** Whether the proof is a secret that somebody chose, so that somebody else may guess it. */
  default boolean guessable() {
    return false;
  }

  /** What the proof comes to. Called at most once; a proof that was not offered has failed. */
  CompletionStage<Evidence> prove(Proof proof);
}
