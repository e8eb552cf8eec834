package io.gatehouse.appliance.journal.keep;

import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;

/** Verifier keys of the keys that signed checkpoints before. */
public record FormerKeys(List<VerifierKey> keys) {
  public static final FormerKeys NONE = new FormerKeys(List.of());

  public FormerKeys {
    keys = List.copyOf(keys);
  }

  /** Reads a line for each. */
  public static FormerKeys read(Path file) throws IOException {
    List<VerifierKey> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        keys.add(parsed(file, line));
      }
    }
    return new FormerKeys(keys);
  }

  private static VerifierKey parsed(Path file, String line) throws IOException {
    try {
      return VerifierKey.parse(line);
    } catch (InvalidKeyException e) {
      throw new IOException(file + " has a line that is no verifier key: " + e.getMessage(), e);
    }
  }
}
