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

  /** What the proof comes to. Called at most once; a proof that was not offered has failed. */
  CompletionStage<Evidence> prove(Proof proof);
}
