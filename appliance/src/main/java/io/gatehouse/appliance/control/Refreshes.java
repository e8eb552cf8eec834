package io.gatehouse.appliance.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * By what a provider can be asked again about credentials, and what it said. As {@link
 * ControlStore}: nobody is held, stages fail with a {@link StoreException}.
 */
public interface Refreshes {

  /** Of a credential that is there, and of which nobody knows the password yet. */
  CompletionStage<@Nullable Void> begin(String name, Sealed sealed, Due due);

  /**
   * Some of those that are due and good. Nobody else gets them until the lease is over, or they are
   * given up.
   */
  CompletionStage<List<Taken>> take(Instant now, Duration lease, int most);

  /** What was so before; empty if somebody else has taken it since, and nothing was written. */
  CompletionStage<Optional<Renewed>> renew(Taken taken, Renewal renewal);

  /**
   * Gives it up; nothing became known but perhaps by what to ask next. False if somebody else has
   * taken it since.
   */
  CompletionStage<Boolean> postpone(Taken taken, Instant due, Optional<Sealed> sealed);

  /**
   * Revokes the credential and forgets by what it was asked about. False if somebody else has taken
   * it since, and nothing was written.
   */
  CompletionStage<Boolean> withdraw(Taken taken, Instant now);

  /** What nobody can read without the key. Compared by nobody. */
  record Sealed(String text) {
    @Override
    public String toString() {
      return "sealed";
    }
  }

  /**
   * @param at when to ask next
   * @param goodUntil how long the groups may be used without an answer
   */
  record Due(Instant at, Instant goodUntil) {}

  /**
   * @param generation tells whose it is: each who takes it raises it
   */
  record Taken(IssuedCredential credential, Sealed sealed, long generation) {}

  /**
   * What the provider said.
   *
   * @param sealed by what it is asked next time; empty for the same again
   * @param asOf when the groups were true
   */
  record Renewal(Optional<Sealed> sealed, Set<String> groups, Instant asOf, Due due) {
    public Renewal {
      groups = Set.copyOf(groups);
    }
  }

  /**
   * @param before the groups until then
   * @param changed whether they are others now
   */
  record Renewed(Set<String> before, boolean changed) {
    public Renewed {
      before = Set.copyOf(before);
    }
  }
}
