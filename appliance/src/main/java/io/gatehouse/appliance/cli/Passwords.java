package io.gatehouse.appliance.cli;

import io.gatehouse.spi.login.Secret;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Where a password comes from: never from the command line, where others can read it. */
interface Passwords {

  /** Asks for a new one; the caller wipes it. */
  Secret ask(String user) throws IOException;

  /** Asks for one that is there already; the caller wipes it. */
  default Secret prove(String user) throws IOException {
    return ask(user);
  }

  /** The terminal if there is one, else one line of standard input. */
  static Passwords ofProcess() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(Passwords::terminal)
        .orElseGet(() -> input(System.in));
  }

  private static Passwords terminal(Console console) {
    return new Passwords() {
      @Override
      public Secret ask(String user) throws IOException {
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
      }

      @Override
      public Secret prove(String user) throws IOException {
        char[] typed = console.readPassword("Password for %s: ", user);
        try {
          if (typed == null) {
            throw new IOException("no password was given; nothing was changed");
          }
          return Secret.of(typed);
        } finally {
          wipe(typed);
        }
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
