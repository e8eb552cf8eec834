package io.gatehouse.appliance.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies of files whose bytes are those that were trusted, in a folder that nobody else may write
 * to: what is loaded later is what was looked at.
 */
final class TrustedFiles implements AutoCloseable {
  /** Far more than a plugin has. */
  private static final int MOST_BYTES = 256 << 20;

  private final Path folder;
  private final Map<String, Path> copies;

  private TrustedFiles(Path folder, Map<String, Path> copies) {
    this.folder = folder;
    this.copies = copies;
  }

  /**
   * @param trusted file name to SHA-256
   */
  static TrustedFiles of(Path folder, Map<String, String> trusted) throws UnusablePluginException {
    requireNoOthers(folder, trusted);
    try {
      // Readable and writable by its owner only, as the JDK makes it.
      TrustedFiles files =
          new TrustedFiles(Files.createTempDirectory("gatehouse-plugins"), new TreeMap<>());
      try {
        for (Map.Entry<String, String> file : new TreeMap<>(trusted).entrySet()) {
          files.add(folder.resolve(file.getKey()), file.getValue());
        }
        return files;
      } catch (UnusablePluginException | IOException e) {
        files.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UnusablePluginException("plugins cannot be copied: " + e, e);
    }
  }

  private static void requireNoOthers(Path folder, Map<String, String> trusted)
      throws UnusablePluginException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> others =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".jar") && !trusted.containsKey(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new UnusablePluginException(
            folder
                + " has plugins that plugins.trusted does not name: "
                + String.join(", ", others)
                + "; name each with its SHA-256, or take it away");
      }
    } catch (IOException e) {
      throw new UnusablePluginException("the folder of plugins cannot be read: " + e, e);
    }
  }

  private void add(Path file, String digest) throws UnusablePluginException, IOException {
    byte[] bytes = bytes(file);
    String found = HexFormat.of().formatHex(sha256().digest(bytes));
    if (!found.equals(digest)) {
      throw new UnusablePluginException(
          file
              + " is not the file that is trusted: its SHA-256 is "
              + found
              + ", and plugins.trusted has "
              + digest);
    }
    Path copy = folder.resolve(String.valueOf(file.getFileName()));
    Files.write(copy, bytes);
    copies.put(String.valueOf(file.getFileName()), copy);
  }

  private static byte[] bytes(Path file) throws UnusablePluginException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UnusablePluginException(file + " is larger than any plugin may be");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new UnusablePluginException("there is no plugin " + file, e);
    } catch (IOException e) {
      throw new UnusablePluginException("the plugin " + file + " cannot be read: " + e, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Path folder() {
    return folder;
  }

  /** The name of the file to the copy of it. */
  Map<String, Path> copies() {
    return copies;
  }

  @Override
  public void close() {
    try {
      for (Path copy : copies.values()) {
        Files.deleteIfExists(copy);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // What is left is a copy of what everybody may have, in a folder of temporary files.
      folder.toFile().deleteOnExit();
    }
  }
}
