package io.gatehouse.mysql.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's binary wants of the system. libaio is the one library that MySQL names and does
 * without, if told so ({@code innodb_use_native_aio=0}): where the system has none, an empty one
 * stands in, so that nobody must be root to run the tests. Anything else is missed by name.
 */
final class Libraries {
  private static final String AIO = "libaio.so.1";
  private static final Pattern MISSING =
      Pattern.compile("error while loading shared libraries: ([^:]+):");
  private static final Map<String, String> PACKAGES =
      Map.of(
          "libaio.so.1", "libaio1",
          "libnuma.so.1", "libnuma1",
          "libcrypt.so.1", "libcrypt1",
          "libstdc++.so.6", "libstdc++6",
          "libsystemd.so.0", "libsystemd0");

  private Libraries() {}

  /**
   * Makes the binary run, or says what to install.
   *
   * @param folder for what stands in; part of the path
   */
  static void provide(Path binary, Path folder, String path)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Optional<String> missing = missing(binary, path);
    if (missing.equals(Optional.of(AIO))) {
      // Whole or not at all: another fork may be starting its server.
      Path made = Files.write(Files.createTempFile(folder, AIO, ""), emptyLibrary());
      Files.move(made, folder.resolve(AIO), StandardCopyOption.ATOMIC_MOVE);
      missing = missing(binary, path);
    }
    if (missing.isPresent()) {
      String name = missing.get();
      throw new IllegalStateException(
          binary.getFileName()
              + " needs "
              + name
              + ": install the package "
              + PACKAGES.getOrDefault(name, "that has it")
              + " (Debian's name)");
    }
  }

  private static Optional<String> missing(Path binary, String path)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(binary.toString(), "--no-defaults", "--version")
            .redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() == 0) {
      return Optional.empty();
    }
    Matcher matcher = MISSING.matcher(said);
    if (matcher.find()) {
      return Optional.of(matcher.group(1));
    }
    throw new IllegalStateException(binary + " does not run: " + said);
  }

  /**
   * A shared object without a symbol (System V ABI, AMD64): the header, what to map, and a dynamic
   * section of what the loader insists on.
   */
  private static byte[] emptyLibrary() {
    int hash = 64 + 3 * 56;
    int symbols = hash + 16;
    int strings = symbols + 24;
    int dynamic = strings + 16;
    int size = dynamic + 7 * 16;
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 3).putShort((short) 62).putInt(1);
    file.putLong(0).putLong(64).putLong(0).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 3).position(64);
    int readWrite = 6;
    segment(file, 1, readWrite, 0, size);
    segment(file, 2, readWrite, dynamic, size - dynamic);
    segment(file, 0x6474E551, readWrite, 0, 0);
    // One empty chain of one name that is none.
    file.putInt(1).putInt(1).position(strings + 1);
    file.put(AIO.getBytes(StandardCharsets.US_ASCII)).position(dynamic);
    long[] entries = {4, hash, 5, strings, 6, symbols, 10, 16, 11, 24, 14, 1, 0, 0};
    for (long entry : entries) {
      file.putLong(entry);
    }
    return file.array();
  }

  private static void segment(ByteBuffer file, int type, int flags, int offset, int size) {
    file.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
    file.putLong(size).putLong(size).putLong(type == 1 ? 4096 : 8);
  }
}
