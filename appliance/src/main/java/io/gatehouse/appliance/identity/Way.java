package io.gatehouse.appliance.identity;

import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import java.util.Optional;

/** One kind of proof. Called on event loops; thread-safe. */
public interface Way {

  /**
   * Begins a login, if it is one of this kind. What the client will be asked for is decided here,
   * before any secret is seen, and by nothing but these two.
   */
  Optional<Attempt> attempt(Arrival arrival, LoginRequest request);
}
