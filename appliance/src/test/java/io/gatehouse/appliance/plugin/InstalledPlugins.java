package io.gatehouse.appliance.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The plugins of the installable tree, as a configuration trusts them. */
public final class InstalledPlugins {
  private InstalledPlugins() {}

  /** Trusts all there are: a folder with one that is not named is not taken. */
  public static String section() throws Exception {
    Path folder =
        Path.of(System.getProperty("gatehouse.dist", "target/dist"), "plugins").toAbsolutePath();
    List<String> trusted = new ArrayList<>();
    for (Path jar : jars(folder)) {
      trusted.add("%s: \"%s\"".formatted(jar.getFileName(), BuiltPlugin.digest(jar)));
    }
    return "plugins: {folder: %s, trusted: {%s}}\n".formatted(folder, String.join(", ", trusted));
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
