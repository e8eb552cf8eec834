package io.gatehouse.appliance.control;

import java.util.List;

/**
 * What was revoked since a version.
 *
 * @param version to ask with next time
 * @param revocations oldest first; one may come again where versions start anew
 * @param more whether to ask again at once
 */
public record Changes(long version, List<Revocation> revocations, boolean more) {
  public Changes {
    revocations = List.copyOf(revocations);
  }
}
