package io.gatehouse.appliance.journal.note;

import io.gatehouse.appliance.journal.record.ControlRecord.Reading;
import io.gatehouse.appliance.journal.record.JournalRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gate's thread that puts notes of readings on record. A note is deleted behind its
 * record, so a crash between the two gives the record twice, and never none.
 */
public final class NoteKeeper implements AutoCloseable {
  private static final String UNREADABLE = ".unreadable";
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.journal");

  private final Path directory;
  private final NoteSeal seal;
  private final Recorder recorder;
  private final Duration every;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("journal-notes").unstarted(this::run);
  private boolean failed;
  private volatile boolean closed;

  /** Where records go: the journal. */
  public interface Recorder {
    /** Returns when it is written. */
    void record(JournalRecord one) throws IOException;
  }

  private NoteKeeper(Path journal, SecretKey key, Recorder recorder, Duration every) {
    directory = ReadingNotes.directory(journal);
    seal = new NoteSeal(key);
    this.recorder = recorder;
    this.every = every;
  }

  /** To be closed before the journal is. */
  public static NoteKeeper start(Path journal, SecretKey key, Recorder recorder, Duration every) {
    NoteKeeper keeper = new NoteKeeper(journal, key, recorder, every);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    while (!closed) {
      take();
      if (!closed) {
        LockSupport.parkNanos(this, every.toNanos());
      }
    }
    take();
  }

  private void take() {
    try (DirectoryStream<Path> notes =
        Files.newDirectoryStream(directory, "*" + ReadingNotes.ENDING)) {
      for (Path note : notes) {
        take(note);
      }
      failed = false;
    } catch (NoSuchFileException e) {
      // Nobody has read yet.
    } catch (IOException | RuntimeException e) {
      if (!failed) {
        LOG.atWarn().addKeyValue("reason", e.toString()).log("notes of readings not on record");
      }
      failed = true;
    }
  }

  private void take(Path note) throws IOException {
    Optional<Reading> reading = seal.open(read(note));
    if (reading.isEmpty()) {
      // Kept: it may be under another secret, and somebody has to see it.
      Files.move(
          note,
          note.resolveSibling(note.getFileName() + UNREADABLE),
          StandardCopyOption.ATOMIC_MOVE);
      LOG.atWarn().addKeyValue("file", note.getFileName()).log("note of a reading not readable");
      return;
    }
    recorder.record(reading.get());
    Files.delete(note);
    ReadingNotes.sync(directory);
  }

  /** As much as a note can have; not what a link leads to. */
  private static byte[] read(Path note) throws IOException {
    if (!Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
      return new byte[0];
    }
    try (InputStream in =
        Files.newInputStream(note, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(NoteSeal.MOST_BYTES);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
