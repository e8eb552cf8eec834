package io.gatehouse.appliance.journal.tail;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an earlier process left behind, for the record that says so.
 *
 * @param entries how many are not sealed
 * @param highest the last sequence of them
 * @param holes below the highest, in order; nobody was told of what was there unless there is
 *     damage too, or the power was lost
 * @param damages with torn ends, which every killed process may leave
 */
public record Recovered(
    long entries, OptionalLong highest, List<Hole> holes, List<Damage> damages) {
  public Recovered {
    holes = List.copyOf(holes);
    damages = List.copyOf(damages);
  }
}
