package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.detection.Tally;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.protection.MaskTally;
import java.util.List;
import java.util.Locale;

/**
 * What the journal says of a command's results once it is over.
 *
 * @param masks what was masked in them
 * @param findings what was found in them
 */
record Noted(List<CommandRecord.Masked> masks, List<CommandRecord.Found> findings) {
  static final Noted NOTHING = new Noted(List.of(), List.of());

  static List<CommandRecord.Masked> of(MaskTally tally) {
    return tally.counts().stream()
        .map(one -> new CommandRecord.Masked(one.column(), one.label(), one.mask(), one.count()))
        .toList();
  }

  static List<CommandRecord.Found> of(Tally tally) {
    return tally.found().stream()
        .map(
            one ->
                new CommandRecord.Found(
                    one.column(),
                    one.detector() + " " + one.version(),
                    one.kind(),
                    one.action().name().toLowerCase(Locale.ROOT),
                    one.count()))
        .toList();
  }
}
