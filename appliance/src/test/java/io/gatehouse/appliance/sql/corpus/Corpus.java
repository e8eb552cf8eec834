package io.gatehouse.appliance.sql.corpus;

import io.gatehouse.appliance.sql.attacks.Attack;
import io.gatehouse.appliance.sql.attacks.AttackList;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads the committed statements. In their files each begins after a line {@code --# client |
 * purpose} and ends before the next; what stands before the first is a comment.
 */
public final class Corpus {
  private static final String HEADER = "--# ";

  private Corpus() {}

  /** Everything that is not an attempt to evade. */
  public static List<Said> harmless() {
    return Stream.of(clients(), tpch(), typical()).flatMap(List::stream).toList();
  }

  /** Collected from clients, or written after them where the header says so. */
  public static List<Said> clients() {
    try (Stream<Path> files = Files.list(resource("clients"))) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static List<Said> tpch() {
    return read(resource("workload/tpch.sql"));
  }

  /** Its purposes begin with read, write or session. */
  public static List<Said> typical() {
    return read(resource("workload/typical.sql"));
  }

  /** The tables that {@link #tpch} is about. */
  public static String tpchSchema() {
    return text(resource("workload/tpch-schema.sql"));
  }

  /** The steps of the evasions. */
  public static List<Said> evasions() {
    List<Said> steps = new ArrayList<>();
    for (Attack attack : AttackList.postgres()) {
      for (int i = 0; i < attack.steps().size(); i++) {
        String id = attack.id() + "/" + (i + 1);
        steps.add(new Said(id, "evasion", attack.section(), attack.steps().get(i).sql()));
      }
    }
    return steps;
  }

  private static List<Said> read(Path file) {
    String name = file.getFileName().toString().replace(".sql", "");
    List<Said> said = new ArrayList<>();
    String[] parts = ("\n" + text(file)).split("\n" + HEADER, -1);
    for (int i = 1; i < parts.length; i++) {
      int line = parts[i].indexOf('\n');
      String[] header = parts[i].substring(0, line).split(" \\| ", 2);
      String sql = parts[i].substring(line + 1).stripTrailing();
      said.add(new Said(name + "/" + i, header[0], header[1], sql));
    }
    return said;
  }

  private static Path resource(String name) {
    URL url = Corpus.class.getResource("/sql/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
