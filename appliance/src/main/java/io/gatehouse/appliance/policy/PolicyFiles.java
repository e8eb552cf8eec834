package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a policy. Their order is the order of their names, wherever they come from, so that
 * it does not depend on how somebody typed a command.
 */
public final class PolicyFiles {
  private static final String ENDING = ".yaml";

  /** Examples lie beside the policies they are for. */
  private static final String EXAMPLES_ENDING = ".test.yaml";

  private PolicyFiles() {}

  /** Files as they are, folders as the policy files in them. */
  public static List<Path> of(List<Path> places) throws InvalidFileException {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        files.addAll(in(place));
      } else {
        files.add(place);
      }
    }
    files.sort(Comparator.comparing(PolicyFiles::name));
    Map<String, Path> byName = new HashMap<>();
    for (Path file : files) {
      Path other = byName.putIfAbsent(name(file), file);
      if (other != null) {
        throw PolicySource.invalid(file, "has the same name as " + other);
      }
    }
    return files;
  }

  private static List<Path> in(Path folder) throws InvalidFileException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(PolicyFiles::named).toList();
      if (files.isEmpty()) {
        throw PolicySource.invalid(folder, "has no file that ends in " + ENDING);
      }
      return files;
    } catch (IOException e) {
      throw PolicySource.invalid(folder, "cannot be read: " + e.getMessage());
    }
  }

  private static boolean named(Path file) {
    return name(file).endsWith(ENDING) && !name(file).endsWith(EXAMPLES_ENDING);
  }

  /** A file that is kept in a folder must be found there again. */
  static void requireName(Path file) throws InvalidFileException {
    if (!named(file)) {
      throw PolicySource.invalid(file, "is not named like a policy: NAME" + ENDING);
    }
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
