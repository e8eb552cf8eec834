package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.Revocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse session kill}: sessions by their id, or all of somebody. */
@Command(
    name = "kill",
    description = {
      "Ends sessions on whichever gate they are, in the middle of a command too.",
      "With --subject, all that this caller proved up to now is over: sessions, tokens,",
      "issued credentials. Whoever proves it again is let in."
    },
    mixinStandardHelpOptions = true)
final class KillSessionCommand implements Callable<Integer> {
  /** Every gate has asked by then, and a session has its id only once. */
  private static final Duration OF_SESSION = Duration.ofDays(1);

  /** Longer than any token that makes sense. */
  private static final Duration OF_CALLER = Duration.ofDays(366);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "a caller, as subject or as agent; may be repeated")
  private List<String> subjects = new ArrayList<>();

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "ids of sessions, as the journal and the log have them")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Instant now = InstantSource.system().instant();
    List<Revocation> revocations = new ArrayList<>();
    for (String id : ids) {
      revocations.add(new Revocation.OfSession(session(id), now, now.plus(OF_SESSION)));
    }
    for (String subject : subjects) {
      revocations.add(new Revocation.OfCaller(subject, now, now.plus(OF_CALLER)));
    }
    if (revocations.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "say whose sessions: by their ids, or with --subject");
    }
    try (StoreUse use = StoreUse.open(config)) {
      for (Revocation revocation : revocations) {
        use.await(use.store().revoke(revocation));
      }
      List<String> arguments = new ArrayList<>(ids);
      subjects.forEach(subject -> arguments.addAll(List.of("--subject", subject)));
      use.note("session kill", arguments, spec.commandLine().getErr());
    }
    spec.commandLine()
        .getOut()
        .println("revoked; gates end such sessions within 3 s, and the journal says which");
    return ExitCode.DONE;
  }

  private String session(String id) {
    try {
      return UUID.fromString(id).toString();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          id + " is no id of a session; gatehouse journal sessions lists them",
          e);
    }
  }
}
