package io.gatehouse.appliance.cli;

import io.gatehouse.spi.login.Secret;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Where a new password comes from: never from the command line, where others can read it. */
interface Passwords {

  /** Asks for it; the caller wipes it. */
  Secret ask(String user) throws IOException;

  /** The terminal if there is one, else one line of standard input. */
  static Passwords ofProcess() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(Passwords::terminal)
        .orElseGet(() -> input(System.in));
  }

  private static Passwords terminal(Console console) {
    return user -> {
      char[] first = console.readPassword("Password for %s: ", user);
      char[] second = console.readPassword("Again: ");
      try {
        if (first == null || !Arrays.equals(first, second)) {
          throw new IOException("the two passwords differ; nothing was changed");
        }
        return Secret.of(first);
      } finally {
        wipe(first);
        wipe(second);
      }
    };
  }

  private static void wipe(char[] characters) {
    if (characters != null) {
      Arrays.fill(characters, '\0');
    }
  }

  static Passwords input(InputStream input) {
    return _ -> {
      byte[] line = new byte[1_024];
      int length = 0;
      for (int next = input.read(); next != -1 && next != '\n'; next = input.read()) {
        if (length == line.length) {
          throw new IOException("a password has at most " + line.length + " bytes");
        }
        line[length++] = (byte) next;
      }
      if (length > 0 && line[length - 1] == '\r') {
        length--;
      }
      byte[] password = Arrays.copyOf(line, length);
      Arrays.fill(line, (byte) 0);
      return Secret.of(password);
    };
  }
}
