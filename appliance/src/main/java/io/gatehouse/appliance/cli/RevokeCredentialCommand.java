package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.Revocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse credential revoke}: credentials, and the sessions that they opened. */
@Command(
    name = "revoke",
    description = "Revokes issued credentials, and ends the sessions that they opened.",
    mixinStandardHelpOptions = true)
final class RevokeCredentialCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "names such as gh-7k2m9x0pqa")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Instant now = InstantSource.system().instant();
    try (StoreUse use = StoreUse.open(config)) {
      List<IssuedCredential> found = new ArrayList<>();
      for (String name : names) {
        Optional<IssuedCredential> credential = use.await(use.store().show(name));
        found.add(
            credential.orElseThrow(
                () -> new IOException("there is no credential " + name + "; none was revoked")));
      }
      for (IssuedCredential one : found) {
        use.await(
            use.store().revoke(new Revocation.OfCredential(one.name(), now, one.expiresAt())));
      }
      use.note("credential revoke", names, spec.commandLine().getErr());
    }
    spec.commandLine()
        .getOut()
        .println("revoked; gates end the sessions that they opened within 3 s");
    return ExitCode.DONE;
  }
}
