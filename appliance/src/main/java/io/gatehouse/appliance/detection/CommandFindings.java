package io.gatehouse.appliance.detection;

import java.util.List;

/**
 * What was found in the results of one command, once it is over. Immutable.
 *
 * @param session its number
 * @param sequence the command's number in it
 * @param caller who got the results
 * @param all by result, column, detector and kind; at least one
 */
public record CommandFindings(
    long session, long sequence, String caller, String target, String database, List<Found> all) {
  public CommandFindings {
    all = List.copyOf(all);
  }
}
