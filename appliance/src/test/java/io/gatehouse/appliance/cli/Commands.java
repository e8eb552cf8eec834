package io.gatehouse.appliance.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Commands in this process, for tests of other rooms. */
public final class Commands {
  private Commands() {}

  /** What became of one. */
  public record Ran(int exitCode, String out, String err) {}

  public static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])), arguments);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Ran(command.execute(arguments), out.toString(), err.toString());
  }
}
