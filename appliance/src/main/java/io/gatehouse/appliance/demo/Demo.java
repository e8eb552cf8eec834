package io.gatehouse.appliance.demo;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The demo: certificates, a database, a users file, a configuration, and the same gate that {@code
 * gatehouse serve} starts. Everything is in one folder that goes away with it.
 */
public final class Demo implements AutoCloseable {
  static final String CALLER = "alice";
  private static final String LISTENER = "demo";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final DemoDatabase database;
  private final DemoAgents agents;
  private final Appliance appliance;
  private final String callerPassword;

  private Demo(
      Path folder,
      DemoDatabase database,
      DemoAgents agents,
      Appliance appliance,
      String callerPassword) {
    this.folder = folder;
    this.database = database;
    this.agents = agents;
    this.appliance = appliance;
    this.callerPassword = callerPassword;
  }

  /** Starts on this port of 127.0.0.1; 0 takes a free one. */
  public static Demo start(int port) throws Exception {
    Path folder = Files.createTempDirectory("gatehouse-demo-");
    @Nullable DemoDatabase database = null;
    @Nullable DemoAgents agents = null;
    try {
      DemoCertificates certificates = DemoCertificates.make(folder);
      String held = password();
      database = DemoDatabase.start(folder, certificates.database(), secret(held));
      DemoCertificates.PrivateFiles.write(folder.resolve("held-password"), held + "\n");
      String callerPassword = password();
      addCaller(folder, callerPassword);
      Files.writeString(folder.resolve("policy.yaml"), DemoDatabase.resource("policy.yaml"));
      JournalKeys.make(folder);
      Path configuration = folder.resolve("gatehouse.yaml");
      agents = DemoAgents.start(folder, database.port(), held, password());
      Files.writeString(configuration, configuration(port, database.port(), agents));
      Appliance appliance = Appliance.start(configuration, new Environment(Map.of()));
      return new Demo(folder, database, agents, appliance, callerPassword);
    } catch (Exception e) {
      if (agents != null) {
        agents.close();
      }
      if (database != null) {
        database.close();
      }
      remove(folder);
      throw e;
    }
  }

  private static void addCaller(Path folder, String password) throws Exception {
    try (Secret secret = secret(password)) {
      ScramVerifier verifier =
          ScramVerifier.derive(secret, ScramVerifier.DEFAULT_ITERATIONS, RANDOM);
      UsersFile.put(folder.resolve("users.yaml"), new User(CALLER, verifier, Set.of("analysts")));
    }
  }

  /** Made anew each time, as everything here. */
  private static final class JournalKeys {
    static final String VERIFIER = "journal-verifier.key";

    static void make(Path folder) throws IOException, GeneralSecurityException {
      SigningKey key = SigningKey.generate("gatehouse/demo", SigningKey.Algorithm.ED25519);
      DemoCertificates.PrivateFiles.write(
          folder.resolve("journal-signing.pem"), new String(key.pem(), StandardCharsets.US_ASCII));
      Files.writeString(folder.resolve(VERIFIER), key.verifier() + "\n");
      DemoCertificates.PrivateFiles.write(
          folder.resolve("journal-wrapping.secret"), password() + password() + "\n");
    }
  }

  private static String password() {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String configuration(int port, int databasePort, DemoAgents agents) {
    return """
    listeners:
      - name: demo
        address: 127.0.0.1
        port: %d
        tls: {certificate: gate.crt, key: gate.key}
        databases: {bank: core-bank}
    """
            .formatted(port)
        + agents.listener()
        + """
        targets:
          - name: core-bank
            protocol: postgresql
            host: 127.0.0.1
            port: %d
            tls: {mode: verify-full, ca: ca.crt}
            credential:
              user: gatehouse
              password: {file: held-password}
        """
            .formatted(databasePort)
        + agents.target()
        + """
        users: users.yaml
        policy: policy.yaml
        journal:
          directory: journal
          keys: journal-keys
          wrapping: {name: demo, secret: {file: journal-wrapping.secret}}
          signing-key: journal-signing.pem
          verifier-key: journal-verifier.key
          tail-file-mib: 8
        management: {address: 127.0.0.1, port: 0}
        """
        + agents.identity();
  }

  /** What to type to get in; works as printed. */
  public String psqlLine() {
    return ("PGPASSWORD=%s psql \"host=localhost port=%d dbname=%s user=%s sslmode=verify-full"
            + " sslrootcert=%s\"")
        .formatted(callerPassword, port(), DemoDatabase.NAME, CALLER, certificateAuthority());
  }

  /** What to type to call a tool as an agent; works as printed. */
  public String curlLine(String tool, String arguments) {
    return agents.curlLine(tool, arguments);
  }

  public String managementUrl() {
    return "http://127.0.0.1:" + appliance.managementAddress().getPort() + "/metrics";
  }

  public Path configuration() {
    return folder.resolve("gatehouse.yaml");
  }

  public Path journal() {
    return folder.resolve("journal");
  }

  public Path verifierKey() {
    return folder.resolve(JournalKeys.VERIFIER);
  }

  public Path policy() {
    return folder.resolve("policy.yaml");
  }

  int port() {
    return appliance.address(LISTENER).getPort();
  }

  DemoAgents agents() {
    return agents;
  }

  int databasePort() {
    return database.port();
  }

  String callerPassword() {
    return callerPassword;
  }

  Path certificateAuthority() {
    return folder.resolve("ca.crt");
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try (database;
        agents) {
      appliance.close();
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
