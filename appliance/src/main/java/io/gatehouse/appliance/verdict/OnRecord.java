package io.gatehouse.appliance.verdict;

import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.sql.SecretSpan;
import java.util.List;

/**
 * What the journal says of a text. Holds no literal of it. Immutable.
 *
 * @param understood what it was taken for
 * @param secrets what of its bytes must not be kept, in order
 * @param omitted the rule by which text, values and results are not kept at all; empty without one
 */
public record OnRecord(Understood understood, List<SecretSpan> secrets, String omitted) {
  private static final int BYTES_A_SPAN = 32;

  public OnRecord {
    secrets = List.copyOf(secrets);
  }

  int weight() {
    return understood.length() + BYTES_A_SPAN * secrets.size();
  }
}
