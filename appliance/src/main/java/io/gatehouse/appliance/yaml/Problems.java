package io.gatehouse.appliance.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with one file and remembers on which line each key path stands. */
public final class Problems {
  private final Path file;
  private final boolean muted;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Problem> found = new ArrayList<>();

  private Problems(Path file, boolean muted) {
    this.file = file;
    this.muted = muted;
  }

  static Problems in(Path file) {
    return new Problems(file, false);
  }

  /** For reading on behind a problem that was reported already. */
  Problems muted() {
    return new Problems(file, true);
  }

  /** Where relative paths in the file start. */
  public Path base() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  void visit(String path, int line) {
    lines.put(path, line);
  }

  void add(int line, String path, String message) {
    if (!muted) {
      found.add(new Problem(file.toString(), line, path, message));
    }
  }

  /** For checks across keys: the line is that of the path, or of the nearest key above it. */
  public void at(String path, String message) {
    String known = path;
    while (!known.isEmpty() && !lines.containsKey(known)) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    add(lines.getOrDefault(known, 0), path, message);
  }

  public boolean none() {
    return found.isEmpty();
  }

  void throwIfAny() throws InvalidFileException {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line));
      throw new InvalidFileException(found);
    }
  }
}
