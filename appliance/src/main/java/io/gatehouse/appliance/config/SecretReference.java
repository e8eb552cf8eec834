package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Where a secret is. The secret itself is never in the configuration. */
public sealed interface SecretReference extends PasswordReference {

  /** A file, its last line end not counted. */
  record InFile(Path path) implements SecretReference {
    @Override
    public Secret resolve() throws IOException {
      return fromFile(path);
    }
  }

  /**
   * An environment variable. The variables are kept so that tests need no process of their own;
   * they are not shown.
   */
  record InEnvironment(String name, Environment environment) implements SecretReference {
    @Override
    public Secret resolve() throws IOException {
      String value = environment.variables().get(name);
      if (value == null || value.isEmpty()) {
        throw new IOException("the environment variable " + name + " is not set");
      }
      return Secret.of(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A systemd credential; the path is in $CREDENTIALS_DIRECTORY. */
  record SystemdCredential(String name, Path path) implements SecretReference {
    @Override
    public Secret resolve() throws IOException {
      return fromFile(path);
    }
  }

  /** Reads it now. May wait for a disk. */
  Secret resolve() throws IOException;

  static SecretReference read(Item item, Environment environment) {
    if (!item.mapping()) {
      item.problem(
          "must say where the secret is (file: PATH, env: NAME or credential: NAME); "
              + "a secret itself is never written here");
      return new InEnvironment("", environment);
    }
    return item.section(section -> read(section, environment));
  }

  private static SecretReference read(Section section, Environment environment) {
    Optional<Item> file = section.find("file");
    Optional<Item> variable = section.find("env");
    Optional<Item> credential = section.find("credential");
    if (file.stream().count() + variable.stream().count() + credential.stream().count() != 1) {
      section.problem("must have exactly one of file, env, credential");
    }
    if (file.isPresent()) {
      return checked(file.get(), new InFile(file.get().file()));
    }
    if (credential.isPresent()) {
      return credential(credential.get(), environment);
    }
    return variable
        .map(item -> checked(item, new InEnvironment(item.text(), environment)))
        .orElseGet(() -> new InEnvironment("", environment));
  }

  private static SecretReference credential(Item item, Environment environment) {
    String name = item.text();
    String directory = environment.variables().get("CREDENTIALS_DIRECTORY");
    if (directory == null) {
      item.problem(
          "needs $CREDENTIALS_DIRECTORY, which systemd sets for a unit with LoadCredential=");
      return new SystemdCredential(name, Path.of(name));
    }
    if (name.contains("/")) {
      item.problem("must be the name of a credential, without a slash");
    }
    return checked(item, new SystemdCredential(name, Path.of(directory).resolve(name)));
  }

  /** A reference that leads nowhere is found now, not at the first login. */
  private static SecretReference checked(Item item, SecretReference reference) {
    try (Secret secret = reference.resolve()) {
      if (secret.bytes().length == 0) {
        item.problem("the secret there is empty");
      }
    } catch (IOException e) {
      if (!(reference instanceof InFile)) {
        item.problem("cannot be read: " + reason(e));
      }
    }
    return reference;
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no file " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  private static Secret fromFile(Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    int end = content.length;
    if (end > 0 && content[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && content[end - 1] == '\r') {
      end--;
    }
    byte[] secret = Arrays.copyOf(content, end);
    Arrays.fill(content, (byte) 0);
    return Secret.of(secret);
  }

  /**
   * The process's environment variables.
   *
   * @param variables name to value; some are secrets
   */
  record Environment(Map<String, String> variables) {
    public Environment {
      variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
      return new Environment(System.getenv());
    }

    @Override
    public String toString() {
      return "Environment[redacted]";
    }
  }
}
