package io.gatehouse.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows in the order of the files, one look ahead; what is of one segment is read once. */
final class Segments implements Closeable {
  private static final Pattern NAME =
      Pattern.compile("([0-9]{20})\\.(rows|([0-9]{1,5})\\.payload)");

  private final Path directory;
  private final Report report;
  private final TreeMap<Long, TreeMap<Integer, Long>> files = new TreeMap<>();
  private long first = -1;
  private String file = "segments";
  private @Nullable Bytes rows;
  private Payloads payloads;
  private long place;
  private @Nullable Row current;
  private @Nullable Row following;

  Segments(Path journal, Report report) throws IOException {
    this.directory = journal.resolve("segments");
    this.report = report;
    this.payloads = new Payloads(directory, 0);
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
        for (Path file : listing) {
          list(file);
        }
      }
    }
  }

  private void list(Path file) throws IOException {
    String name = file.getFileName().toString();
    Matcher parts = NAME.matcher(name);
    if (!parts.matches() || parts.group(1).compareTo("09") > 0) {
      report.add(Kind.FOREIGN, "segments/" + name, 0, "is no segment");
      return;
    }
    TreeMap<Integer, Long> classes =
        files.computeIfAbsent(Long.parseLong(parts.group(1)), ignored -> new TreeMap<>());
    int retention = parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3));
    classes.put(retention, Files.size(file));
  }

  /** Opens the next segment; false if there is none. */
  boolean advance() throws IOException {
    Long next = files.higherKey(first);
    close();
    if (next == null) {
      return false;
    }
    first = next;
    String name = String.format("%020d.rows", first);
    file = "segments/" + name;
    rows = Bytes.open(directory.resolve(name));
    payloads = new Payloads(directory, first);
    place = -1;
    current = null;
    following = read(0);
    move();
    return true;
  }

  /** The index that the next segment begins with, or -1 if this is the last. */
  long end() {
    Long next = files.higherKey(first);
    return next == null ? -1 : next;
  }

  long first() {
    return first;
  }

  String file() {
    return file;
  }

  boolean present() {
    return rows != null;
  }

  Payloads payloads() {
    return payloads;
  }

  /** The offset of the row at hand. */
  long offset() {
    return place * Row.SIZE;
  }

  /** The row at hand; null behind the last whole one of this segment. */
  @Nullable Row row() {
    return current;
  }

  @Nullable Row following() {
    return following;
  }

  void move() throws IOException {
    current = following;
    place++;
    following = current == null ? null : read(place + 1);
  }

  private @Nullable Row read(long number) throws IOException {
    byte[] bytes = rows == null ? null : rows.at(number * Row.SIZE, Row.SIZE);
    return bytes == null ? null : new Row(bytes);
  }

  /** Names what is in this segment's files behind the last row and behind the last payload. */
  void leftOver(boolean proved) {
    Kind kind = proved ? Kind.ALTERED : Kind.UNSEALED;
    if (rows != null && rows.size() % Row.SIZE != 0) {
      long whole = rows.size() - rows.size() % Row.SIZE;
      report.add(kind, file(), whole, "there is half a row at the end");
    }
    files
        .getOrDefault(first, new TreeMap<>())
        .forEach((retention, size) -> more(kind, retention, size));
  }

  private void more(Kind kind, int retention, long size) {
    if (retention >= 0 && size > payloads.offset(retention)) {
      String file = "segments/" + Payloads.name(first, retention);
      report.add(kind, file, payloads.offset(retention), "there are bytes that no row names");
    }
  }

  @Override
  public void close() throws IOException {
    payloads.close();
    if (rows != null) {
      rows.close();
    }
  }
}
