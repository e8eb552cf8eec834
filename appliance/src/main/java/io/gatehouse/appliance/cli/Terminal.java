package io.gatehouse.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a command's input and output are, and what may be shown on one. */
final class Terminal {
  private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/|tty|console).*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Terminal() {}

  static boolean input() {
    return leadsTo("0");
  }

  static boolean output() {
    return leadsTo("1");
  }

  /** Java's own console is one only where both are terminals. */
  private static boolean leadsTo(String descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
      return TERMINAL.matcher(target).matches();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Without what a terminal would act upon. */
  static String safely(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
