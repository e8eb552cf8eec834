package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.token.NamedToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse token revoke}: one token, and the sessions that it opened. */
@Command(
    name = "revoke",
    description = {
      "Revokes a token of an identity provider, and ends the sessions that it opened.",
      "The token is read from standard input; by --issuer and --id without it."
    },
    mixinStandardHelpOptions = true)
final class RevokeTokenCommand implements Callable<Integer> {
  /** Longer than any token that makes sense. */
  private static final Duration LONGEST = Duration.ofDays(366);

  /** More than clocks may be apart. */
  private static final Duration APART = Duration.ofHours(1);

  private static final int MOST_BYTES = 64 * 1_024;

  private final Supplier<InputStream> input;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--issuer", paramLabel = "URL", description = "who issued it")
  private @Nullable String issuer;

  @Option(names = "--id", paramLabel = "JTI", description = "its id, as records have it")
  private @Nullable String id;

  RevokeTokenCommand(Supplier<InputStream> input) {
    this.input = input;
  }

  @Override
  public Integer call() throws Exception {
    if ((issuer == null) != (id == null)) {
      throw new ParameterException(
          spec.commandLine(), "give --issuer and --id together, or the token on standard input");
    }
    NamedToken token =
        issuer != null && id != null
            ? new NamedToken(issuer, id, Optional.empty())
            : NamedToken.read(typed())
                .orElseThrow(
                    () ->
                        new IOException(
                            "that is no token that says its issuer and its id (jti): revoke its"
                                + " caller, with gatehouse session kill --subject"));
    Instant now = InstantSource.system().instant();
    try (StoreUse use = StoreUse.open(config)) {
      if (!use.issuers().contains(token.issuer())) {
        throw new IOException("its issuer is not one of identity.issuers; nothing was revoked");
      }
      use.await(
          use.store()
              .revoke(new Revocation.OfToken(token.issuer(), token.id(), now, until(token, now))));
      use.note(
          "token revoke",
          List.of("--issuer", token.issuer(), "--id", token.id()),
          spec.commandLine().getErr());
    }
    spec.commandLine()
        .getOut()
        .println("revoked; gates end the sessions that it opened within 3 s");
    return ExitCode.DONE;
  }

  private static Instant until(NamedToken token, Instant now) {
    Instant longest = now.plus(LONGEST);
    return token
        .expiry()
        .map(expiry -> (expiry.isAfter(now) ? expiry : now).plus(APART))
        .filter(longest::isAfter)
        .orElse(longest);
  }

  private String typed() throws IOException {
    byte[] bytes = input.get().readNBytes(MOST_BYTES);
    try {
      return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
