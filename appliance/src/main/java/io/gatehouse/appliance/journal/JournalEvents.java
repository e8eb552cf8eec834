package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.seal.Anchor;
import io.gatehouse.appliance.journal.seal.Sealer;
import io.gatehouse.appliance.journal.tail.Damage;
import io.gatehouse.appliance.journal.tail.Gap;
import io.gatehouse.appliance.journal.tail.TailListener;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.verifier.Checkpoint;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators hear of the journal. Never of what is in it. Thread-safe. */
final class JournalEvents implements TailListener, Sealer.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.journal");

  private volatile Optional<Journal.Signed> newest = Optional.empty();

  Optional<Journal.Signed> signed() {
    return newest;
  }

  @Override
  public void stopped(TailState.Stopped state) {
    LOG.atError()
        .addKeyValue("reason", state.reason().word())
        .addKeyValue("detail", state.detail())
        .log("journal stopped, no command runs");
  }

  @Override
  public void resumed(Gap gap) {
    LOG.atWarn()
        .addKeyValue("from", gap.from())
        .addKeyValue("until", gap.until())
        .addKeyValue("refused", gap.refused())
        .log("journal goes on, the gap is on record");
  }

  @Override
  public void damaged(Damage damage) {
    LOG.atError()
        .addKeyValue("file", damage.file())
        .addKeyValue("offset", damage.offset())
        .addKeyValue("what", damage.what())
        .log("journal damaged");
  }

  @Override
  public void signed(Checkpoint checkpoint) {
    Instant at = Instant.ofEpochSecond(0, checkpoint.utc());
    newest = Optional.of(new Journal.Signed(checkpoint.size(), at));
    LOG.atDebug().addKeyValue("records", checkpoint.size()).log("journal signed");
  }

  @Override
  public void stopped(Exception reason) {
    LOG.atError().addKeyValue("reason", reason.getMessage()).log("journal is not sealed");
  }

  @Override
  public void working() {
    LOG.atInfo().log("journal is sealed");
  }

  @Override
  public void anchored(Anchor anchor, long number) {
    LOG.atDebug()
        .addKeyValue("anchor", anchor.name())
        .addKeyValue("number", number)
        .log("anchored");
  }

  @Override
  public void anchorFailed(Anchor anchor, long number, Exception reason) {
    LOG.atWarn()
        .addKeyValue("anchor", anchor.name())
        .addKeyValue("number", number)
        .addKeyValue("reason", reason.getMessage())
        .log("checkpoint not anchored");
  }
}
