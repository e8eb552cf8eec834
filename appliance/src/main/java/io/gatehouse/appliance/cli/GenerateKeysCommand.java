package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.seal.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal keygen}: what a journal needs. */
@Command(
    name = "keygen",
    description = {
      "Makes the keys of a journal: the signing key, its verifier key, and the wrapping secret,",
      "readable by nobody else, and never over files that are there. Prints the section journal",
      "for the configuration. The verifier key has to reach auditors by a way of its own."
    },
    mixinStandardHelpOptions = true)
final class GenerateKeysCommand implements Callable<Integer> {
  private static final int SECRET_BYTES = 32;
  private static final String SIGNING = "journal-signing.pem";
  private static final String VERIFIER = "journal-verifier.key";
  private static final String WRAPPING = "journal-wrapping.secret";

  /** What signs. */
  enum Algorithm {
    ED25519(SigningKey.Algorithm.ED25519),
    P256(SigningKey.Algorithm.ECDSA_P256);

    private final SigningKey.Algorithm signing;

    Algorithm(SigningKey.Algorithm signing) {
      this.signing = signing;
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "where the files go; made if it is not there")
  private Path folder = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "what the key is called in each checkpoint: gate.example/node1")
  private String name = "";

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "ED25519",
      description = "ed25519, or p256 where FIPS 140 is asked for; default: ed25519")
  private Algorithm algorithm = Algorithm.ED25519;

  @Override
  public Integer call() throws Exception {
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '+')) {
      throw new ParameterException(
          spec.commandLine(), "--name has no spaces, no plus, and ASCII letters only");
    }
    SigningKey key = SigningKey.generate(name, algorithm.signing);
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(SIGNING, key.pem());
    files.put(VERIFIER, ascii(key.verifier() + "\n"));
    files.put(WRAPPING, ascii(Base64.getEncoder().encodeToString(secret) + "\n"));
    Files.createDirectories(folder);
    for (String file : files.keySet()) {
      if (Files.exists(folder.resolve(file))) {
        throw new IOException(folder.resolve(file) + " is there already; nothing was written");
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    spec.commandLine().getOut().print(section());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** With its permissions from the first moment. */
  private static void write(Path file, byte[] content) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " is there already", e);
    }
  }

  private String section() {
    Path here = folder.toAbsolutePath().normalize();
    return """
    journal:
      directory: journal
      keys: journal-keys
      wrapping:
        name: k1
        secret: {file: %s}
      signing-key: %s
      verifier-key: %s
    """
        .formatted(quoted(here, WRAPPING), quoted(here, SIGNING), quoted(here, VERIFIER));
  }

  private static String quoted(Path folder, String file) {
    return "'" + folder.resolve(file).toString().replace("'", "''") + "'";
  }
}
