package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.mask.detect.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what is found in the results of one command. Grows with columns and kinds, not with rows.
 * Owned by the session's event loop.
 */
public final class Tally {
  /** One message can have many results; what is found beyond so many places is counted at none. */
  static final int MOST_PLACES = 2_000;

  private static final Place ELSEWHERE = new Place(0, 0, Optional.empty());

  private final Map<Key, Long> counts = new LinkedHashMap<>();

  /** A column of a result, both counted from 1. */
  record Place(int result, int column, Optional<ColumnOrigin> origin) {}

  private record Key(Place place, Search.Part part, String kind) {}

  void add(Place place, Search.Part part, List<Finding> found) {
    for (Finding one : found) {
      Key key = new Key(place, part, one.kind());
      boolean room = counts.size() < MOST_PLACES || counts.containsKey(key);
      counts.merge(room ? key : new Key(ELSEWHERE, part, one.kind()), 1L, Long::sum);
    }
  }

  /** In the order in which each was found first. */
  public List<Found> found() {
    List<Found> all = new ArrayList<>();
    counts.forEach(
        (key, count) ->
            all.add(
                new Found(
                    key.part().rule(),
                    key.part().detector(),
                    key.part().version(),
                    key.place().result(),
                    key.place().column(),
                    key.place().origin(),
                    key.kind(),
                    key.part().patterns().contains(key.kind()),
                    key.part().found(),
                    count)));
    return all;
  }
}
