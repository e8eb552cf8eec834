package io.gatehouse.appliance.identity.refresh;

import io.gatehouse.appliance.control.Refreshes;
import io.gatehouse.appliance.control.Refreshes.Due;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Has a credential asked about from now on. Thread-safe; nobody is held. */
public record Enrolment(
    Refreshes store,
    RefreshSeal seal,
    RefreshRules rules,
    InstantSource clock,
    RandomGenerator random) {

  /** Before anybody knows its password. */
  public CompletionStage<@Nullable Void> begin(String credential, String refreshToken) {
    Instant now = clock.instant();
    return store.begin(
        credential,
        seal.seal(credential, refreshToken),
        new Due(rules.next(now, random), rules.goodUntil(now)));
  }
}
