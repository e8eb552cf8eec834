package io.gatehouse.postgres.login;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings inside the start-up parameter {@code options}, split and read as the server does
 * (pg_split_opts, process_postgres_switches and ParseLongOption in the PostgreSQL sources).
 */
final class StartupOptions {
  private StartupOptions() {}

  /** By setting, in order; fails for switches that are not settings. */
  static Map<String, String> parse(String options) throws Rejected {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> words = split(options);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-c") && i + 1 < words.size()) {
        put(settings, words.get(++i));
      } else if (word.startsWith("-c") && word.length() > 2) {
        put(settings, word.substring(2));
      } else if (word.startsWith("--") && word.length() > 2) {
        put(settings, word.substring(2));
      } else {
        throw new Rejected(
            "the start-up parameter \"options\" may hold -c name=value and --name=value only");
      }
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String assignment) throws Rejected {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new Rejected("the start-up parameter \"options\" has a setting without a value");
    }
    String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
    settings.put(name, assignment.substring(equals + 1));
  }

  /** White space separates, a backslash takes the next character as it is. */
  static List<String> split(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < options.length(); i++) {
      char character = options.charAt(i);
      if (isSpace(character)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        inWord = true;
        if (character == '\\') {
          if (i + 1 < options.length()) {
            word.append(options.charAt(++i));
          }
        } else {
          word.append(character);
        }
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** C's isspace in the C locale. */
  private static boolean isSpace(char character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }

  /** The start-up parameters cannot be accepted; the message may be shown. */
  static final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    Rejected(String message) {
      super(message, null, false, false);
    }
  }
}
