package io.gatehouse.appliance;

import io.gatehouse.appliance.config.JournalConfig;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.index.IndexKeeper;
import io.gatehouse.appliance.journal.keep.Keeper;
import io.gatehouse.appliance.journal.key.ReadingKeys;
import io.gatehouse.appliance.journal.note.NoteKeeper;
import io.gatehouse.appliance.journal.read.JournalReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** What looks after the journal beside the sessions. Closed before the journal is. */
final class Upkeep implements AutoCloseable {
  private static final Duration NOTES = Duration.ofSeconds(1);
  private static final Duration INDEX = Duration.ofSeconds(5);

  private final NoteKeeper notes;
  private final IndexKeeper index;
  private final Keeper orders;

  private Upkeep(NoteKeeper notes, IndexKeeper index, Keeper orders) {
    this.notes = notes;
    this.index = index;
    this.orders = orders;
  }

  static Upkeep start(JournalConfig config, Journal journal) throws StartException {
    try {
      ReadingKeys keys = ReadingKeys.read(config.wrapping().name(), config.wrapping().secret());
      JournalReader.Place place = new JournalReader.Place(config.directory(), config.keys());
      IndexKeeper index = IndexKeeper.start(place, keys, INDEX);
      try {
        Keeper orders = Keeper.start(journal, Clock.systemUTC(), index::forget);
        return new Upkeep(
            NoteKeeper.start(config.directory(), keys.notes(), journal::record, NOTES),
            index,
            orders);
      } catch (IOException e) {
        index.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StartException("journal " + config.directory() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    orders.close();
    notes.close();
    index.close();
  }
}
