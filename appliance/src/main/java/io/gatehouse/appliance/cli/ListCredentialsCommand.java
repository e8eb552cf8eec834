package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.IssuedCredential;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse credential list}: one a line, nothing secret among it. */
@Command(
    name = "list",
    description = {
      "Lists issued credentials that are not forgotten yet, one a line:",
      "name, subject, agent or -, when it was issued and expires, good, expired or revoked."
    },
    mixinStandardHelpOptions = true)
final class ListCredentialsCommand implements Callable<Integer> {
  private static final String BETWEEN = "  ";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--subject", paramLabel = "NAME", description = "only of this one")
  private @Nullable String subject;

  @Override
  public Integer call() throws Exception {
    Instant now = InstantSource.system().instant();
    PrintWriter out = spec.commandLine().getOut();
    try (StoreUse use = StoreUse.open(config)) {
      String last = "";
      List<IssuedCredential> page;
      do {
        page =
            use.await(
                use.store()
                    .list(
                        new ControlStore.Listing(
                            Optional.ofNullable(subject), last, ControlStore.MOST_ROWS)));
        page.forEach(one -> out.println(line(one, now)));
        last = page.isEmpty() ? last : page.getLast().name();
      } while (page.size() == ControlStore.MOST_ROWS);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static String line(IssuedCredential one, Instant now) {
    String state =
        one.revokedAt().isPresent() ? "revoked" : one.expiresAt().isAfter(now) ? "good" : "expired";
    return String.join(
        BETWEEN,
        one.name(),
        one.holder().subject(),
        one.holder().actor().orElse("-"),
        one.issuedAt().toString(),
        one.expiresAt().toString(),
        state);
  }
}
