package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.verifier.Finding;
import io.gatehouse.verifier.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that is done to what was signed is found, and the file named in which it was done.
 * What cannot be proved, because it is behind the newest checkpoint, is called that and no more.
 */
class TamperTest {
  private static final int CASES = Boolean.getBoolean("gatehouse.long") ? 10_000 : 300;
  private static final long SEED = Long.getLong("gatehouse.seed", 20_261_121L);

  @TempDir private Path temp;

  private record Case(
      Journal journal, Map<String, byte[]> files, List<Finding> before, long signed) {}

  @Test
  void tamperings_areFoundAndNamed_andWhatIsNotProvableIsCalledThat() throws Exception {
    List<Case> journals = List.of(whole(), withRowsBehind());
    int found = 0;
    int notProvable = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      Case journal = journals.get(i % journals.size());
      Tampering tampering = new Tampering(SEED + i, journal.files());
      Map<String, byte[]> tampered = tampering.tampered(i % 4 == 3 ? 3 : 1);
      Set<String> changed = changed(journal.files(), tampered);
      if (changed.isEmpty()) {
        continue;
      }
      write(journal, changed, tampered);
      Journal.Verdict verdict = verify(journal, SEED + i, tampering);
      String what = "seed " + (SEED + i) + ": " + tampering.said() + "\n  " + verdict.findings();
      if (provable(journal, changed, tampered)) {
        found++;
        if (!foundAndNamed(verdict, changed)) {
          wrong.add(what);
        }
      } else {
        notProvable++;
        if (!calledUnproved(verdict, journal, changed)) {
          wrong.add("not provable, " + what);
        }
      }
      write(journal, changed, journal.files());
    }
    assertThat(wrong).as("tamperings").isEmpty();
    Measured.keep(
        TamperTest.class,
        "files of a journal, tampered with",
        Long.toString(SEED),
        "%d times, none missed: %d against a signature, found and the file named; %d behind the newest checkpoint, called not proved"
            .formatted(found + notProvable, found, notProvable));
    assertThat(found).isGreaterThan(CASES / 2);
    assertThat(notProvable).isPositive();
  }

  private static Journal.Verdict verify(Case journal, long seed, Tampering tampering) {
    try {
      return journal.journal().verify();
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + tampering.said(), e);
    }
  }

  private static boolean foundAndNamed(Journal.Verdict verdict, Set<String> changed) {
    int code = verdict.report().exitCode();
    return code >= Kind.BAD_SIGNATURE.exitCode()
        && code <= Kind.TRUNCATED.exitCode()
        && verdict.findings().stream()
            .filter(finding -> finding.kind().exitCode() > 0)
            .anyMatch(finding -> names(finding, changed));
  }

  /** Where rows and tiles are both against the signature, only the span can be named. */
  private static boolean names(Finding finding, Set<String> changed) {
    String name = finding.file();
    return changed.contains(name)
        || (name.endsWith(".rows") && near(name, changed))
        || (changed.size() > 1 && finding.text().contains("is of other records"));
  }

  /** Behind the newest checkpoint nothing is proved; what was put behind the log is told of. */
  private static boolean calledUnproved(
      Journal.Verdict verdict, Case journal, Set<String> changed) {
    if (changed.contains("tree/checkpoints.log")) {
      return !verdict.findings().equals(journal.before());
    }
    return verdict.report().exitCode() == 0 && verdict.found(Kind.UNSEALED);
  }

  /** Five processes, one after the other, each of which left a segment. */
  private Case whole() throws Exception {
    return read(sealed("whole", new SampleTail(SEED)));
  }

  private Journal sealed(String name, SampleTail tail) throws Exception {
    Journal journal = Journal.in(Files.createDirectory(temp.resolve(name)));
    for (int process = 0; process < 5; process++) {
      tail.commands(40 + 60 * process).quiet();
      journal.seal(tail, 100);
      tail.start();
    }
    tail.quiet();
    journal.seal(tail, 100);
    return journal;
  }

  /** The rows that a killed process wrote behind its last checkpoint. */
  private Case withRowsBehind() throws Exception {
    SampleTail tail = new SampleTail(SEED + 1);
    Journal journal = sealed("longer", tail);
    Journal behind = journal.copyTo(temp.resolve("behind"));
    tail.commands(60).quiet();
    journal.seal(tail, 1_000);
    for (String file : new TreeSet<>(files(journal.directory()).keySet())) {
      if (file.startsWith("segments/")) {
        Files.write(behind.directory().resolve(file), files(journal.directory()).get(file));
      }
    }
    return read(behind);
  }

  private static Case read(Journal journal) throws IOException {
    Journal.Verdict before = journal.verify();
    assertThat(before.report().exitCode()).as("%s", before.findings()).isZero();
    return new Case(
        journal, files(journal.directory()), before.findings(), before.report().proved());
  }

  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static Set<String> changed(Map<String, byte[]> before, Map<String, byte[]> after) {
    Set<String> changed = new HashSet<>();
    before.forEach(
        (name, bytes) -> {
          if (!Arrays.equals(bytes, after.get(name))) {
            changed.add(name);
          }
        });
    return changed;
  }

  private static void write(Case journal, Set<String> changed, Map<String, byte[]> files)
      throws IOException {
    for (String name : changed) {
      Path file = journal.journal().directory().resolve(name);
      byte[] bytes = files.get(name);
      if (bytes == null) {
        Files.delete(file);
      } else {
        Files.write(file, bytes);
      }
    }
  }

  /** Two segments whose rows were exchanged are named by the one that is read first. */
  private static boolean near(String name, Set<String> changed) {
    return changed.stream()
        .anyMatch(other -> other.endsWith(".rows") && other.compareTo(name) >= 0);
  }

  /** Whether a byte that was signed is another now, or not there. */
  private static boolean provable(Case journal, Set<String> changed, Map<String, byte[]> after) {
    return changed.stream().anyMatch(name -> signedBytesDiffer(journal, name, after.get(name)));
  }

  private static boolean signedBytesDiffer(Case journal, String name, byte @Nullable [] after) {
    byte[] before = journal.files().get(name);
    if (before == null) {
      throw new IllegalStateException("a file that was not there");
    }
    if (after == null) {
      return signedBytes(journal, name, before.length) > 0;
    }
    if (name.equals("tree/checkpoint")) {
      return !new String(after, StandardCharsets.UTF_8).equals(lastButOne(journal));
    }
    if (name.equals("tree/checkpoints.log") && after.length > before.length) {
      return Arrays.mismatch(before, after) < before.length;
    }
    int differs = Arrays.mismatch(before, after);
    return differs >= 0 && differs < signedBytes(journal, name, before.length);
  }

  /** The checkpoint that a crash between two writes leaves as the newest. */
  private static String lastButOne(Case journal) {
    String[] notes =
        new String(journal.files().get("tree/checkpoints.log"), StandardCharsets.UTF_8)
            .split("(?<=\\n)(?=gate\\.example/node7\\n)", -1);
    return notes[notes.length - 2];
  }

  /**
   * How many bytes of the file are proved; in the last segment what is behind them may be anything.
   */
  private static int signedBytes(Case journal, String name, int length) {
    if (!name.startsWith("segments/")) {
      // a tile has one length, the log has any
      return name.contains("tile/") ? Integer.MAX_VALUE : length;
    }
    long first = Long.parseLong(name.substring(9, 29));
    boolean last =
        journal.files().keySet().stream()
            .filter(other -> other.endsWith(".rows"))
            .noneMatch(other -> Long.parseLong(other.substring(9, 29)) > first);
    if (!last) {
      return Integer.MAX_VALUE;
    }
    int rows = (int) Math.max(0, journal.signed() - first);
    if (name.endsWith(".rows")) {
      return rows * 128;
    }
    int retention = Integer.parseInt(name.substring(30, name.length() - ".payload".length()));
    byte[] bytes = journal.files().get("segments/" + name.substring(9, 29) + ".rows");
    int sum = 0;
    for (int row = 0; row < rows; row++) {
      Head head = Head.of(ByteBuffer.wrap(bytes, row * 128, 128));
      sum += head.retention() == retention ? (int) head.length() : 0;
    }
    return sum;
  }
}
