package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.JournalConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.journal.index.IndexFolder;
import io.gatehouse.appliance.journal.index.Search;
import io.gatehouse.appliance.journal.index.Terms;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.key.ReadingKeys;
import io.gatehouse.appliance.journal.note.ReadingNotes;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Somebody reads the journal, and says so before anything is shown. */
final class JournalReading implements AutoCloseable {
  private final String action;
  private final List<String> arguments;
  private final ReadingNotes notes;
  private final JournalReader reader;
  private final Search search;
  private boolean done;

  private JournalReading(
      String action,
      List<String> arguments,
      ReadingNotes notes,
      JournalReader reader,
      Search search) {
    this.action = action;
    this.arguments = arguments;
    this.notes = notes;
    this.reader = reader;
    this.search = search;
  }

  /**
   * Opens the journal of a configuration.
   *
   * @throws IOException also where the note cannot be left
   */
  static JournalReading open(Path file, String action, List<String> arguments)
      throws IOException, InvalidFileException {
    Environment environment = Environment.ofProcess();
    JournalConfig config = ConfigFile.loadJournal(file, environment);
    if (!Files.isDirectory(config.directory())) {
      throw new NoSuchFileException(config.directory().toString());
    }
    ReadingKeys keys = ReadingKeys.read(config.wrapping().name(), config.wrapping().secret());
    ReadingNotes notes =
        new ReadingNotes(
            config.directory(), keys.notes(), environment.variables(), Clock.systemUTC());
    try {
      notes.leave(action, arguments, 0, "begun");
    } catch (IOException e) {
      throw new IOException(
          "nothing is shown: the note of this reading cannot be left in "
              + config.directory().resolve("readings")
              + ": "
              + e.getMessage(),
          e);
    }
    List<KeyEncryptionKey> wrapping = new ArrayList<>(List.of(keys.wrapping()));
    for (JournalConfig.Wrapping former : config.keep().formerWrapping()) {
      wrapping.add(KeyEncryptionKey.read(former.name(), former.secret()));
    }
    JournalReader reader =
        JournalReader.open(new JournalReader.Place(config.directory(), config.keys()), wrapping);
    IndexFolder folder = new IndexFolder(config.directory(), new Terms(keys.index()));
    return new JournalReading(action, arguments, notes, reader, new Search(reader, folder));
  }

  JournalReader reader() {
    return reader;
  }

  Search search() {
    return search;
  }

  /**
   * It came to its end.
   *
   * @param records how many were shown
   */
  void done(long records) throws IOException {
    done = true;
    notes.leave(action, arguments, records, "done");
  }

  @Override
  public void close() throws IOException {
    search.close();
    reader.close();
    if (!done) {
      notes.leave(action, arguments, 0, "broken off");
    }
  }
}
