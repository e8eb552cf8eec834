package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.control.Pins;
import io.gatehouse.appliance.detection.Tally;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.ControlRecord;
import io.gatehouse.appliance.pin.Change;
import io.gatehouse.appliance.protection.MaskTally;
import java.util.List;
import java.util.Locale;

/**
 * What the journal says of a command's results once it is over.
 *
 * @param masks what was masked in them
 * @param findings what was found in them
 * @param changes definitions that are others than before
 */
record Noted(
    List<CommandRecord.Masked> masks,
    List<CommandRecord.Found> findings,
    List<ControlRecord.Changed> changes) {
  static final Noted NOTHING = new Noted(List.of(), List.of());

  Noted(List<CommandRecord.Masked> masks, List<CommandRecord.Found> findings) {
    this(masks, findings, List.of());
  }

  Noted with(List<Change> changed) {
    return changed.isEmpty()
        ? this
        : new Noted(masks, findings, changed.stream().map(Noted::of).toList());
  }

  private static ControlRecord.Changed of(Change change) {
    return new ControlRecord.Changed(
        change.what(),
        change.before(),
        change.after(),
        change.pinned() ? Pins.FIRST_USE : "the server",
        null,
        change.difference().isEmpty() ? null : change.difference());
  }

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
