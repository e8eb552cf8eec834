package io.gatehouse.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code java -jar gatehouse-verifier.jar DIR --key FILE [--since FILE]}. */
public final class Main {
  private static final int USAGE = 2;
  private static final int MOST_SHOWN = 20;

  private static final String HELP =
      """
      usage: java -jar gatehouse-verifier.jar DIR --key KEY [--since CHECKPOINT]
        DIR          the journal's directory, or a copy of it
        KEY          a verifier key, name+id+base64, or a file of them, one a line
        CHECKPOINT   a checkpoint that was kept outside; it must still hold
      """;

  private Main() {}

  /** Ends the process with the exit code of the gravest finding. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out));
  }

  /** The exit code, for another program's command. */
  public static int run(List<String> arguments, PrintStream out) {
    String directory = null;
    String key = null;
    String since = null;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean valued = i + 1 < arguments.size();
      switch (argument) {
        case "--key" -> key = valued ? arguments.get(++i) : null;
        case "--since" -> since = valued ? arguments.get(++i) : "";
        default -> directory = directory == null ? argument : "";
      }
    }
    if (directory == null || directory.isEmpty() || key == null || "".equals(since)) {
      out.print(HELP);
      return USAGE;
    }
    try {
      byte[] kept = since == null ? null : Files.readAllBytes(Path.of(since));
      return verify(Path.of(directory), keys(key), kept, out);
    } catch (IOException | InvalidKeyException | RuntimeException e) {
      out.println("cannot verify: " + e);
      return USAGE;
    }
  }

  private static List<VerifierKey> keys(String argument) throws IOException, InvalidKeyException {
    List<String> lines =
        Files.exists(Path.of(argument)) ? Files.readAllLines(Path.of(argument)) : List.of(argument);
    List<VerifierKey> keys = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank()) {
        keys.add(VerifierKey.parse(line));
      }
    }
    return keys;
  }

  private static int verify(
      Path journal, List<VerifierKey> keys, byte @Nullable [] since, PrintStream out) {
    Map<Kind, Integer> shown = new EnumMap<>(Kind.class);
    Report report =
        Verification.verify(
            journal,
            keys,
            since,
            finding -> {
              if (shown.merge(finding.kind(), 1, Integer::sum) <= MOST_SHOWN) {
                out.println(finding);
              }
            });
    report.counts().forEach((kind, count) -> out.println(kind + ": " + count));
    out.println(
        report.records()
            + " records, "
            + report.proved()
            + " of them in the tree of the newest checkpoint; "
            + report.checkpoints()
            + " checkpoints; "
            + report.unsealed()
            + " records in the tail only");
    out.println(verdict(report));
    return report.exitCode();
  }

  private static String verdict(Report report) {
    if (report.exitCode() == 0) {
      return "VERIFIED: what was signed is all there and unchanged.";
    }
    if (report.exitCode() >= Kind.CLOCK_REGRESSION.exitCode()) {
      return "SIGNED AND UNCHANGED, but see above.";
    }
    return "NOT VERIFIED: the journal is not what was signed.";
  }
}
