package io.gatehouse.appliance.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Definitions that count. As with the store itself, every method returns at once. */
public interface Pins {
  /** Accepted because nothing was known before. */
  String FIRST_USE = "first use";

  /** Characters of a definition that comes with {@link #since}. */
  int MOST_AT_HAND = 16_384;

  /**
   * A definition was seen.
   *
   * @param firstUse whether it was taken for the first, and counts if nothing else was known
   */
  record Sighting(Definition definition, boolean firstUse, Instant at) {}

  /** All of them, or none. */
  CompletionStage<@Nullable Void> see(List<Sighting> sightings);

  /**
   * What changed after that version, oldest first; as {@link ControlStore#changesSince}.
   *
   * @param version that of the last answer; 0 for all
   */
  CompletionStage<Page> since(long version);

  /**
   * @param version to ask with next time
   * @param anew whether it is all that there is from its beginning: what was known before is not
   * @param more whether to ask again at once
   */
  record Page(long version, List<Pin> pins, boolean anew, boolean more) {
    public Page {
      pins = List.copyOf(pins);
    }
  }

  /** The texts of one. */
  CompletionStage<Optional<Texts>> show(DefinitionKey key);

  /** Both as JSON. */
  record Texts(Pin pin, Optional<String> accepted, Optional<String> pending) {}

  /**
   * The pending one counts from now on.
   *
   * @param digest of the one that was looked at
   * @return whether it was the pending one
   */
  CompletionStage<Boolean> accept(DefinitionKey key, String digest, String by, Instant now);

  /** As if it had never been seen; returns whether there was one. */
  CompletionStage<Boolean> forget(DefinitionKey key);
}
