package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.client.Credential;
import io.gatehouse.appliance.client.LoginFile;
import io.gatehouse.appliance.client.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** {@code gatehouse login} of somebody, as far as it prints a page and waits. */
public final class LoginProgram {
  private static final Pattern PAGE = Pattern.compile("https://\\S+(?=\\n)");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment;
  private final Path folder;
  private final String gate;

  /**
   * @param folder with the authority of the gate in it
   */
  public LoginProgram(Path folder, String gate) throws IOException {
    this.folder = folder;
    this.gate = gate;
    environment =
        Map.of("XDG_RUNTIME_DIR", Files.createDirectories(folder.resolve("run")).toString());
  }

  /** Its exit code. */
  public int run() {
    Surroundings surroundings = new Surroundings(environment, InstantSource.system(), _ -> {});
    return new CommandLine(new LoginCommand(surroundings))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (fault, _, _) -> {
              err.append(fault.getMessage());
              return ExitCode.FAILED;
            })
        .execute("--gate", gate, "--ca", folder.resolve("ca.crt").toString());
  }

  /** The page that it wants opened. */
  public Optional<String> page() {
    Matcher page = PAGE.matcher(out.toString());
    return page.find() ? Optional.of(page.group()) : Optional.empty();
  }

  public String said() {
    return out + err.toString();
  }

  public Credential credential() throws Exception {
    return LoginFile.of(environment).read().credential();
  }
}
