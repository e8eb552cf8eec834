package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.DefinitionKey;
import io.gatehouse.appliance.control.Pinned;
import io.gatehouse.appliance.control.Pins.Sighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen and is not in the store yet: of each definition the one that was taken for the
 * first, and the last. No more text than there is room for. Thread-safe; what it does is short.
 */
final class Waiting {
  private static final long MOST_CHARACTERS = 32L << 20;

  /** A few statements each, in the time that the store has for all. */
  private static final int MOST_AT_ONCE = 20;

  private static final long CHARACTERS_AT_ONCE = 4L << 20;

  private final boolean kept;
  private final Map<DefinitionKey, List<Sighting>> all = new LinkedHashMap<>();
  private long characters;

  /**
   * @param kept whether somebody takes what waits; else nothing does
   */
  Waiting(boolean kept) {
    this.kept = kept;
  }

  /** Whether there is room for it. */
  synchronized boolean offer(Sighting sighting) {
    if (!kept) {
      return true;
    }
    DefinitionKey key = sighting.definition().key();
    List<Sighting> before = all.getOrDefault(key, List.of());
    List<Sighting> after = new ArrayList<>();
    before.stream().filter(Sighting::firstUse).findFirst().ifPresent(after::add);
    after.add(sighting);
    long now = characters - size(before) + size(after);
    if (now > MOST_CHARACTERS) {
      return false;
    }
    all.put(key, List.copyOf(after));
    characters = now;
    return true;
  }

  /** What the store has of it once this is written there too. */
  synchronized Pinned after(DefinitionKey key, Pinned stored) {
    Pinned now = stored;
    for (Sighting one : all.getOrDefault(key, List.of())) {
      now = now.seen(one.definition().digest(), one.firstUse());
    }
    return now;
  }

  synchronized boolean has(DefinitionKey key) {
    return all.containsKey(key);
  }

  /** The oldest, which go on waiting until they are {@link #written}. */
  synchronized List<Sighting> some() {
    List<Sighting> some = new ArrayList<>();
    long size = 0;
    for (List<Sighting> one : all.values()) {
      size += size(one);
      if (!some.isEmpty() && (some.size() >= MOST_AT_ONCE || size > CHARACTERS_AT_ONCE)) {
        break;
      }
      some.addAll(one);
    }
    return some;
  }

  /** What has come since for one of them waits on. */
  synchronized void written(List<Sighting> some) {
    for (Sighting one : some) {
      DefinitionKey key = one.definition().key();
      List<Sighting> before = all.getOrDefault(key, List.of());
      List<Sighting> left = before.stream().filter(waits -> !waits.equals(one)).toList();
      characters -= size(before) - size(left);
      if (left.isEmpty()) {
        all.remove(key);
      } else {
        all.put(key, left);
      }
    }
  }

  private static long size(List<Sighting> sightings) {
    return sightings.stream()
        .mapToLong(
            one -> (long) one.definition().text().length() + one.definition().key().name().length())
        .sum();
  }
}
