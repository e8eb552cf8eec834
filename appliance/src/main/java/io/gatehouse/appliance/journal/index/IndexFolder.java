package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The indexes of a journal, in a directory of their own. Several processes may make the same. */
public final class IndexFolder {
  private static final String ENDING = ".idx";
  private static final String UNFINISHED = ".tmp";

  private final Path directory;
  private final Terms terms;

  public IndexFolder(Path journal, Terms terms) {
    directory = journal.resolve("index");
    this.terms = terms;
  }

  public Terms terms() {
    return terms;
  }

  /** What is there and good. */
  public Optional<SegmentIndex> open(SegmentFile segment) throws IOException {
    FileChannel file;
    try {
      file = FileChannel.open(path(segment.first()), StandardOpenOption.READ);
    } catch (FileSystemException e) {
      return Optional.empty(); // not there, or not for this user
    }
    return SegmentIndex.open(terms, file, segment);
  }

  /** Makes it of so many rows, whatever is there, and keeps it if it may. */
  public SegmentIndex make(JournalReader reader, SegmentFile segment, int rows) throws IOException {
    IndexBuilder builder = new IndexBuilder(terms, segment.first());
    builder.read(reader, segment, rows);
    return keep(builder, segment);
  }

  SegmentIndex keep(IndexBuilder builder, SegmentFile segment) throws IOException {
    ByteBuffer bytes = builder.bytes(segment);
    try {
      write(path(segment.first()), bytes.duplicate());
    } catch (IOException e) {
      // The journal's directory may be a copy on a read-only disk: it is used from memory then.
    }
    return SegmentIndex.open(terms, new InMemory(bytes), segment)
        .orElseThrow(() -> new IOException("segment " + segment.first() + " changed meanwhile"));
  }

  private Path path(long first) {
    return directory.resolve(String.format(Locale.ROOT, "%020d", first) + ENDING);
  }

  private void write(Path path, ByteBuffer bytes) throws IOException {
    Files.createDirectories(directory);
    Path fresh = directory.resolve(UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel file =
          FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        // Not synced: what a loss of power leaves does not vouch for itself, and is made again.
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Throws all of it away. To be called when keys were shredded: a list says of its rows that they
   * were found by the same term, though nobody can read them any more.
   */
  public void discard() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(ENDING) || name.endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // There is none.
    }
  }
}
