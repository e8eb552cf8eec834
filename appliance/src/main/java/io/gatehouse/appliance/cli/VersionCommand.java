package io.gatehouse.appliance.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse version}. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    for (String line : lines()) {
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }

  private static String[] lines() throws IOException {
    Properties properties = new Properties();
    try (InputStream content = VersionCommand.class.getResourceAsStream("version.properties")) {
      if (content != null) {
        properties.load(content);
      }
    }
    return new String[] {
      "gatehouse " + properties.getProperty("version", "unknown"),
      "java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  /** For {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return lines();
    }
  }
}
