package io.gatehouse.appliance.journal.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads is on record, by way of a note. */
class NoteKeeperTest {
  private static final Duration OFTEN = Duration.ofMillis(10);

  @TempDir private Path folder;

  private ReadingNotes notes(Map<String, String> environment) throws IOException {
    return new ReadingNotes(
        folder.resolve("journal"), RecordedJournal.keys().notes(), environment, Clock.systemUTC());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("journal/readings"))) {
      return files.toList();
    }
  }

  @Test
  void noteLeftBeforeTheGateRuns_isOnRecord_andGone() throws IOException {
    notes(Map.of("SUDO_USER", "erika")).leave("search", List.of("--table hr.people"), 0, "begun");
    assertThat(left()).hasSize(1);
    assertThat(Files.readString(left().getFirst(), StandardCharsets.ISO_8859_1))
        .doesNotContain("people", "erika", "search");

    try (RecordedJournal gate = RecordedJournal.in(folder);
        NoteKeeper keeper = keeper(gate.journal()::record)) {
      await().untilAsserted(() -> assertThat(left()).isEmpty());
      assertThat(keeper).isNotNull();
    }

    List<Content.Said> readings = readings();
    assertThat(readings).hasSize(1);
    Content.Said said = readings.getFirst();
    assertThat(said.text("actor").orElseThrow()).endsWith(", by sudo from erika");
    assertThat(said.text("action")).contains("search");
    assertThat(said.rows("arguments").toString()).contains("at 20", "--table hr.people");
  }

  private NoteKeeper keeper(NoteKeeper.Recorder recorder) throws IOException {
    return NoteKeeper.start(
        folder.resolve("journal"), RecordedJournal.keys().notes(), recorder, OFTEN);
  }

  private List<Content.Said> readings() throws IOException {
    List<Content.Said> found = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(folder)) {
      reader.all(
          entry -> {
            if (reader.content(entry) instanceof Content.Said said && said.kind() == Kind.READING) {
              found.add(said);
            }
            return true;
          });
    }
    return found;
  }

  @Test
  void recordThatCannotBeWritten_keepsTheNote_untilItCan() throws IOException {
    notes(Map.of()).leave("show", List.of("x"), 0, "begun");
    List<JournalRecord> taken = new CopyOnWriteArrayList<>();
    boolean[] works = new boolean[1];
    List<String> tried = new CopyOnWriteArrayList<>();
    try (NoteKeeper keeper =
        keeper(
            one -> {
              tried.add("once");
              if (!works[0]) {
                throw new IOException("full");
              }
              taken.add(one);
            })) {
      await().until(() -> tried.size() > 2);
      assertThat(left()).hasSize(1);
      works[0] = true;
      await().until(() -> taken.size() == 1);
      assertThat(keeper).isNotNull();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void noteThatIsNone_isKeptAside_andTheOthersAreTaken() throws IOException {
    notes(Map.of()).leave("show", List.of("x"), 0, "begun");
    Path directory = folder.resolve("journal/readings");
    Files.write(directory.resolve("a.note"), new byte[100]);
    Files.write(directory.resolve("b.note"), new byte[0]);
    Files.createSymbolicLink(directory.resolve("c.note"), left().getFirst());
    List<JournalRecord> taken = new CopyOnWriteArrayList<>();
    try (NoteKeeper keeper = keeper(taken::add)) {
      await().until(() -> taken.size() == 1);
      assertThat(keeper).isNotNull();
    }
    assertThat(taken).hasSize(1);
    assertThat(left()).hasSize(3).allMatch(one -> one.toString().endsWith(".unreadable"));
  }

  @Test
  void noteThatCannotBeDeleted_isOnRecordOnce() throws IOException {
    notes(Map.of()).leave("show", List.of("x"), 0, "begun");
    Path note = left().getFirst();
    List<JournalRecord> taken = new CopyOnWriteArrayList<>();
    try (NoteKeeper keeper =
        keeper(
            one -> {
              taken.add(one);
              // A folder that is not empty: deleted by nobody, as if the directory were another's.
              if (Files.isRegularFile(note)) {
                Files.delete(note);
                Files.createDirectories(note.resolve("in"));
              }
            })) {
      await().until(() -> !taken.isEmpty());
      notes(Map.of()).leave("show", List.of("y"), 0, "begun");
      await().until(() -> taken.size() == 2);
      assertThat(keeper).isNotNull();
    }
    assertThat(taken).hasSize(2);
  }

  @Test
  void noteThatCannotBeLeft_isAnError() throws IOException {
    Files.createDirectories(folder.resolve("journal"));
    Files.writeString(folder.resolve("journal/readings"), "in the way");
    ReadingNotes notes = notes(Map.of());
    assertThatThrownBy(() -> notes.leave("show", List.of(), 0, "begun"))
        .isInstanceOf(IOException.class);
  }
}
