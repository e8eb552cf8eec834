package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.Finding;
import io.gatehouse.verifier.Kind;
import io.gatehouse.verifier.Report;
import io.gatehouse.verifier.Verification;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A journal's directory, its key, and what the verifier says of it. */
record Journal(Path directory, SigningKey key) {
  /** What was found, and the exit code. */
  record Verdict(Report report, List<Finding> findings) {
    boolean found(Kind kind) {
      return report.counts().containsKey(kind);
    }

    /** Without what is behind the newest checkpoint. */
    List<Finding> proved() {
      return findings.stream().filter(finding -> finding.kind() != Kind.UNSEALED).toList();
    }
  }

  static Journal in(Path directory) throws GeneralSecurityException {
    return new Journal(
        directory, SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519));
  }

  Sealing.Setting on(Disk disk) {
    return new Sealing.Setting(directory, key, List.of(), Clock.systemUTC(), disk);
  }

  /** Seals what the tail has, with a checkpoint after so many entries each. */
  void seal(SampleTail tail, int batch) throws IOException, RefusedException {
    seal(tail, null, batch);
  }

  void seal(SampleTail tail, @Nullable Recovery recovery, int batch)
      throws IOException, RefusedException {
    try (Sealing sealing = new Sealing(on(new RealDisk()), recovery)) {
      tail.goBehind(sealing.sequence());
      while (sealing.take(tail, batch) > 0) {
        sealing.checkpoint();
        tail.sealed(sealing.sequence());
      }
    }
  }

  Verdict verify() {
    return verify(null);
  }

  Verdict verify(byte @Nullable [] since) {
    List<Finding> findings = new ArrayList<>();
    List<VerifierKey> keys = List.of(key.verifier());
    return new Verdict(Verification.verify(directory, keys, since, findings::add), findings);
  }

  Journal copyTo(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = target.resolve(directory.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return new Journal(target, key);
  }

  static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
