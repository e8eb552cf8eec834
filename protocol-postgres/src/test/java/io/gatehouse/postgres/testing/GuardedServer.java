package io.gatehouse.postgres.testing;

import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.Certificates;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with TLS that wants another proof from each {@link Held} role. One of each
 * {@link Major} for all tests of this fork; it stops with the JVM.
 */
public final class GuardedServer {

  /** The supported versions at both ends. */
  public enum Major {
    OLDER,
    NEWEST
  }

  /** Roles by the proof that pg_hba.conf wants from them. */
  public enum Held {
    SCRAM("scram-sha-256"),
    SCRAM_IN_TLS("scram-sha-256"),
    MD5("md5"),
    CLEAR("password"),
    TRUSTED("trust");

    private final String method;

    Held(String method) {
      this.method = method;
    }

    public String user() {
      return "held_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    public String password() {
      return "secret of " + user();
    }
  }

  /** The role that all held ones may take on. */
  public static final String ROLE = "duty";

  /** A role that may not connect, and a database nobody may connect to. */
  public static final String CROWDED = "held_crowded";

  private static final Map<Major, GuardedServer> RUNNING = new EnumMap<>(Major.class);

  private final EmbeddedPostgres server;
  private final Path sockets;
  private final X509Bundle certificate;

  private GuardedServer(EmbeddedPostgres server, Path sockets, X509Bundle certificate) {
    this.server = server;
    this.sockets = sockets;
    this.certificate = certificate;
  }

  public static GuardedServer of(Major major) {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(major, GuardedServer::start);
    }
  }

  private static GuardedServer start(Major major) {
    try {
      Path sockets = Files.createTempDirectory("pg");
      sockets.toFile().deleteOnExit();
      X509Bundle certificate = Certificates.localhost();
      EmbeddedPostgres.Builder builder =
          BriefServer.builder()
              .setServerConfig("ssl", "on")
              .setServerConfig("unix_socket_directories", sockets.toString())
              .setDataDirectoryCustomizer(folder -> furnish(folder, certificate));
      if (major == Major.OLDER) {
        builder.setPgBinaryResolver((system, machine) -> olderBinaries());
      }
      GuardedServer started = new GuardedServer(builder.start(), sockets, certificate);
      started.createRoles();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The jar that the build laid there; see the module's pom.xml. */
  private static InputStream olderBinaries() throws IOException {
    File jar = Path.of(System.getProperty("basedir", ""), "target", "older-postgres.jar").toFile();
    try (JarFile content = new JarFile(jar)) {
      var archive = content.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst();
      try (InputStream bytes = content.getInputStream(archive.orElseThrow())) {
        return new ByteArrayInputStream(bytes.readAllBytes());
      }
    }
  }

  private static void furnish(File folder, X509Bundle certificate) {
    StringBuilder rules =
        new StringBuilder("local all postgres trust\nhost all postgres all trust\n");
    rules.append("host all " + CROWDED + " all trust\n");
    for (Held held : Held.values()) {
      String type = held == Held.SCRAM_IN_TLS ? "hostssl" : "host";
      rules.append("%s all %s all %s%n".formatted(type, held.user(), held.method));
      rules.append("local all %s %s%n".formatted(held.user(), held.method));
    }
    try {
      Path data = folder.toPath();
      Files.writeString(data.resolve("pg_hba.conf"), rules);
      Files.writeString(data.resolve("server.crt"), certificate.getCertificatePEM());
      Path key = data.resolve("server.key");
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, certificate.getPrivateKeyPEM());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createRoles() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + ROLE);
      statement.execute("create role " + CROWDED + " login connection limit 0");
      statement.execute("create database crowded connection limit 0");
      for (Held held : Held.values()) {
        String encryption = held == Held.MD5 ? "md5" : "scram-sha-256";
        statement.execute("set password_encryption = '" + encryption + "'");
        statement.execute(
            "create role %s login password '%s' in role %s"
                .formatted(held.user(), held.password(), ROLE));
      }
    }
  }

  public int port() {
    return server.getPort();
  }

  /** What it shows in TLS handshakes, with the key. */
  public X509Bundle certificate() {
    return certificate;
  }

  /** As the held role, over TCP. */
  public Upstream upstream(Held held, @Nullable SslContext tls) {
    return upstream(new Upstream.Tcp("localhost", port(), tls), credential(held));
  }

  public Upstream throughSocket(Held held) {
    return upstream(
        new Upstream.UnixSocket(sockets.resolve(".s.PGSQL." + port())), credential(held));
  }

  public static Credential credential(Held held) {
    HeldSecret password = HeldSecret.of(Secret.of(held.password().toCharArray()));
    return new Credential(held.user(), held == Held.TRUSTED ? null : password);
  }

  public static Upstream upstream(Upstream.Endpoint endpoint, Credential credential) {
    return new Upstream("guarded", endpoint, credential, "postgres", null, Map.of());
  }
}
