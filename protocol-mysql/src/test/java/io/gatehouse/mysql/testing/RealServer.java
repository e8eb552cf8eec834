package io.gatehouse.mysql.testing;

import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.FreePort;
import io.gatehouse.spi.testing.ServerFolder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real MySQL or MariaDB with TLS on loopback, from a Maven artifact, as the user who runs the
 * tests. One of each {@link Flavour} for all tests of this fork; it stops with the JVM.
 */
public final class RealServer {

  /** Which one. */
  public enum Flavour {
    MYSQL,
    MARIADB
  }

  /** Users by the plugin that the server asks them with, each with {@link #password}. */
  public enum Held {
    CACHING("caching_sha2_password", false),
    NATIVE("mysql_native_password", true);

    private final String plugin;
    private final boolean everywhere;

    Held(String plugin, boolean everywhere) {
      this.plugin = plugin;
      this.everywhere = everywhere;
    }

    public String user() {
      return "held_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    public String password() {
      return "secret of " + user();
    }

    public String plugin() {
      return plugin;
    }

    public boolean on(Flavour flavour) {
      return everywhere || flavour == Flavour.MYSQL;
    }

    public Credential credential() {
      return new Credential(user(), HeldSecret.of(Secret.of(password().toCharArray())));
    }
  }

  /** A database in which every held user may do everything. */
  public static final String DATABASE = "bank";

  /** Longer than any one payload of the tests. */
  private static final String MOST_PACKET = "64M";

  private static final Map<Flavour, RealServer> RUNNING = new EnumMap<>(Flavour.class);

  private final String name;
  private final int port;

  private RealServer(String name, int port) {
    this.name = name;
    this.port = port;
  }

  public static RealServer of(Flavour flavour) {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(flavour, RealServer::start);
    }
  }

  /** What it is called where it was measured: that of the build, or as its folder is. */
  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  private static RealServer start(Flavour flavour) {
    try {
      Distribution distribution = Distribution.of(flavour);
      Path folder = ServerFolder.create();
      X509Bundle certificate = OldTls.localhost();
      furnish(folder, certificate, flavour, distribution.older());
      distribution.initialize(folder);
      int port = FreePort.take();
      List<String> options =
          new ArrayList<>(
              List.of(
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=" + folder.resolve("s"),
                  "--init-file=" + folder.resolve("users.sql"),
                  "--ssl-cert=" + folder.resolve("server.crt"),
                  "--ssl-key=" + folder.resolve("server.key"),
                  "--max-allowed-packet=" + MOST_PACKET,
                  "--local-infile=1"));
      Process process = distribution.server(folder, options).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder)));
      awaitGreeting(process, port, folder.resolve("log"));
      return new RealServer(distribution.name(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void furnish(Path folder, X509Bundle certificate, Flavour flavour, boolean older)
      throws IOException {
    Files.writeString(folder.resolve("server.crt"), certificate.getCertificatePEM());
    Files.writeString(folder.resolve("server.key"), certificate.getPrivateKeyPEM());
    StringBuilder statements = new StringBuilder("CREATE DATABASE " + DATABASE + ";\n");
    for (Held held : Held.values()) {
      if (held.on(flavour)) {
        statements.append(
            "CREATE USER '%s'@'%%' IDENTIFIED %s '%s';%nGRANT ALL ON *.* TO '%s'@'%%' WITH GRANT OPTION;%n"
                .formatted(
                    held.user(),
                    flavour == Flavour.MYSQL && older ? "WITH " + held.plugin() + " BY" : "BY",
                    held.password(),
                    held.user()));
      }
    }
    Files.writeString(folder.resolve("users.sql"), statements);
  }

  private static void awaitGreeting(Process process, int port, Path log) {
    Patience.await()
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("the server ended: " + Files.readString(log));
              }
              return greets(port);
            });
  }

  private static boolean greets(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() >= 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** First the one, then the other: a server goes on writing until it has ended. */
  private static void stop(Process process, Path folder) {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
