package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.OperatorKey;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who signs. */
final class OperatorOptions {
  @Option(
      names = "--operator",
      paramLabel = "NAME",
      required = true,
      description = "who you are, as the configuration names you")
  private String operator = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "your Ed25519 key, PKCS#8 in PEM")
  private Path key = Path.of("");

  OperatorKey read() throws IOException {
    return OperatorKey.read(operator, key);
  }
}
