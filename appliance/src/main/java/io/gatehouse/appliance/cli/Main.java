package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.log.Logging;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int exitCode = Gatehouse.commandLine(Passwords.ofProcess(), arguments).execute(arguments);
    Logging.finish();
    System.exit(exitCode);
  }
}
