package io.gatehouse.appliance.client;

import java.util.regex.Pattern;

/** What somebody else says, made fit for a terminal. */
final class Shown {
  private static final int MOST = 300;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]");

  private Shown() {}

  /** No more of it than a line, and nothing that a terminal would act upon. */
  static String safely(String text) {
    String printable = UNPRINTABLE.matcher(text).replaceAll("?");
    return printable.length() > MOST ? printable.substring(0, MOST) + "..." : printable;
  }
}
