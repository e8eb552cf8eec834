package io.gatehouse.appliance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The files of the project that people write, named by their path from the project's root. */
record SourceTree(Path root, List<Path> files) {
  private static final Set<String> MADE =
      Set.of("target", ".git", "node_modules", "__pycache__", ".venv", "venv", ".idea", ".vscode");
  private static final Set<String> TEXT =
      Set.of(
          "java",
          "md",
          "xml",
          "yaml",
          "yml",
          "sh",
          "py",
          "go",
          "rs",
          "js",
          "mjs",
          "ts",
          "cs",
          "sql",
          "toml",
          "json",
          "properties",
          "txt",
          "conf",
          "service",
          "spec",
          "mod",
          "run");

  static SourceTree ofThisProject() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("protocol-spi"))) {
      Path parent = root.getParent();
      if (parent == null) {
        throw new IllegalStateException("start the tests inside the project");
      }
      root = parent;
    }
    return of(root);
  }

  static SourceTree of(Path root) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(root, new Collector(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(files);
    return new SourceTree(root, List.copyOf(files));
  }

  List<Path> java() {
    return files.stream().filter(file -> file.toString().endsWith(".java")).toList();
  }

  String name(Path file) {
    return root.relativize(file).toString();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> files;

    private Collector(List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return MADE.contains(name(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String ending = Arrays.stream(name(file).split("\\.", -1)).reduce("", (a, b) -> b);
      if (TEXT.contains(ending)) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private static String name(Path path) {
      Path last = path.getFileName();
      return last == null ? "" : last.toString();
    }
  }
}
