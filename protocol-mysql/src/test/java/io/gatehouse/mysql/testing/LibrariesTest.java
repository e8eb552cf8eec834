package io.gatehouse.mysql.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibrariesTest {
  @TempDir private Path folder = Path.of("");

  private Path binaryThatMisses(String library) throws IOException {
    Path binary = folder.resolve("mysqld");
    Files.writeString(
        binary,
        "#!/bin/sh\necho '"
            + binary
            + ": error while loading shared libraries: "
            + library
            + ": cannot open shared object file'\nexit 127\n");
    if (!binary.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + binary + " executable");
    }
    return binary;
  }

  @ParameterizedTest
  @CsvSource({"libnuma.so.1, libnuma1", "libsystemd.so.0, libsystemd0", "libx.so.1, that has it"})
  void missingLibrary_isNamedWithItsPackage(String library, String packaged) throws IOException {
    Path binary = binaryThatMisses(library);
    assertThatThrownBy(() -> Libraries.provide(binary, folder, folder.toString()))
        .hasMessage(
            "mysqld needs " + library + ": install the package " + packaged + " (Debian's name)");
  }

  @Test
  void standInThatDoesNotHelp_isNamedToo() throws IOException {
    Path binary = binaryThatMisses("libaio.so.1");
    assertThatThrownBy(() -> Libraries.provide(binary, folder, folder.toString()))
        .hasMessageStartingWith("mysqld needs libaio.so.1");
  }
}
