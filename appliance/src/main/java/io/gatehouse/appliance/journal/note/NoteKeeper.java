package io.gatehouse.appliance.journal.note;

import io.gatehouse.appliance.journal.record.ControlRecord.Reading;
import io.gatehouse.appliance.journal.record.JournalRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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

  /** That could not be deleted: each is on record once for a process, not once a second. */
  private final Set<Path> recorded = new HashSet<>();

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
    keeper.make();
    keeper.thread.start();
    return keeper;
  }

  /** By the gate, so that it may delete what others leave there. */
  private void make() {
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
      }
    } catch (IOException e) {
      complain(e);
    }
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
      boolean all = true;
      for (Path note : notes) {
        all &= taken(note);
      }
      failed &= !all;
    } catch (NoSuchFileException e) {
      // Nobody has read yet.
    } catch (IOException | DirectoryIteratorException e) {
      complain(e);
    }
  }

  /** One that cannot be taken does not keep back the others. */
  private boolean taken(Path note) {
    try {
      take(note);
      return true;
    } catch (IOException | RuntimeException e) {
      complain(e);
      return false;
    }
  }

  private void complain(Exception e) {
    if (!failed) {
      LOG.atWarn().addKeyValue("reason", e.toString()).log("notes of readings not taken");
    }
    failed = true;
  }

  private void take(Path note) throws IOException {
    if (recorded.contains(note)) {
      delete(note);
      return;
    }
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
    recorded.add(note);
    delete(note);
  }

  private void delete(Path note) throws IOException {
    Files.deleteIfExists(note);
    ReadingNotes.sync(directory);
    recorded.remove(note);
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
