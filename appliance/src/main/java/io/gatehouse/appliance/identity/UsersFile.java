package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import io.gatehouse.spi.login.ScramVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The users file: names, SCRAM verifiers and groups in YAML. No password is in it. */
public final class UsersFile {
  /**
   * Names go into logs, and into YAML between quotes: no control characters, quotes, backslashes.
   */
  private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}\"\\\\]{1,128}");

  private static final String HEADER =
      """
      # Who may log in. Written by: gatehouse user add
      # A verifier checks a password and is not one; keep it private all the same.
      """;

  private UsersFile() {}

  public static boolean acceptableName(String name) {
    return NAME.matcher(name).matches() && !name.isBlank();
  }

  /** Either all users, or all that is wrong with the file. */
  public static Users load(Path file) throws InvalidFileException {
    return YamlFile.read(file, UsersFile::read);
  }

  private static Users read(Section root) {
    Map<String, User> users = new LinkedHashMap<>();
    for (Item item : root.require("users").items()) {
      User user = item.section(UsersFile::user);
      if (users.putIfAbsent(user.name(), user) != null) {
        item.problem("the user \"" + user.name() + "\" is given twice");
      }
    }
    return new Users(users.values());
  }

  private static User user(Section section) {
    return new User(
        name(section.require("name")),
        verifier(section.require("verifier")),
        new TreeSet<>(
            section
                .find("groups", item -> item.items().stream().map(UsersFile::name).toList())
                .orElse(List.of())));
  }

  private static String name(Item item) {
    String name = item.text();
    if (!name.isEmpty() && !acceptableName(name)) {
      item.problem("must have 1 to 128 characters without quotes, backslashes, control characters");
    }
    return name;
  }

  private static ScramVerifier verifier(Item item) {
    try {
      return ScramVerifier.parse(item.text());
    } catch (IllegalArgumentException e) {
      item.problem("is not a usable SCRAM-SHA-256 verifier; make one with: gatehouse user add");
      return new ScramVerifier(
          ScramVerifier.LEAST_ITERATIONS, new byte[0], new byte[0], new byte[0]);
    }
  }

  /** Adds or replaces one user; readers see the old file or the new one, never a part. */
  public static void put(Path file, User user) throws InvalidFileException, IOException {
    List<User> users = new ArrayList<>();
    if (Files.exists(file)) {
      users.addAll(load(file).all());
    }
    users.removeIf(other -> other.name().equals(user.name()));
    users.add(user);
    users.sort(Comparator.comparing(User::name));
    write(file.toAbsolutePath(), HEADER + "users:\n" + body(users));
  }

  private static String body(List<User> users) {
    StringBuilder body = new StringBuilder();
    for (User user : users) {
      body.append("  - name: ").append(quoted(user.name())).append('\n');
      body.append("    verifier: ").append(quoted(user.verifier().encoded())).append('\n');
      body.append("    groups: ");
      body.append(
          user.groups().stream()
              .sorted()
              .map(UsersFile::quoted)
              .collect(Collectors.joining(", ", "[", "]\n")));
    }
    return body.toString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static void write(Path file, String content) throws IOException {
    Path folder = file.getParent() == null ? file : file.getParent();
    Path draft =
        Files.createTempFile(
            folder,
            ".users",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
