package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file and its bytes, read once: what is checked, hashed and kept is the same.
 *
 * @param file as the user named it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PolicySource(Path file, byte[] content) {
  /** A policy is written by people. */
  static final int MOST_BYTES = 4 << 20;

  static PolicySource read(Path file) throws InvalidFileException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid(file, "is larger than " + MOST_BYTES + " bytes");
      }
      return new PolicySource(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw invalid(file, "there is no such file");
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e.getMessage());
    }
  }

  /** The file's own name: the one it keeps when it is copied. */
  String name() {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  static InvalidFileException invalid(Path file, String message) {
    return new InvalidFileException(List.of(new Problem(file.toString(), 0, "", message)));
  }
}
