package io.gatehouse.appliance.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a search_path setting as SplitIdentifierString of the server does. */
public final class SearchPath {
  private static final String SPACE = " \t\n\r\f\u000B";

  /**
   * NAMEDATALEN less one: what is longer is cut by the server in a place that its encoding gives.
   */
  private static final int LONGEST_NAME = 63;

  private final String setting;
  private int at;

  private SearchPath(String setting) {
    this.setting = setting;
  }

  public static List<String> parse(String setting) {
    return new SearchPath(setting).names();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    skipSpace();
    if (at == setting.length()) {
      return names;
    }
    while (true) {
      String name = setting.charAt(at) == '"' ? quoted() : bare();
      if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw malformed();
      }
      names.add(name);
      skipSpace();
      if (at == setting.length()) {
        return names;
      }
      if (setting.charAt(at) != ',') {
        throw malformed();
      }
      at++;
      skipSpace();
      if (at == setting.length()) {
        throw malformed();
      }
    }
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    at++;
    while (true) {
      int end = setting.indexOf('"', at);
      if (end < 0) {
        throw malformed();
      }
      name.append(setting, at, end);
      at = end + 1;
      if (at >= setting.length() || setting.charAt(at) != '"') {
        return name.toString();
      }
      name.append('"');
      at++;
    }
  }

  private String bare() {
    int from = at;
    while (at < setting.length()
        && setting.charAt(at) != ','
        && SPACE.indexOf(setting.charAt(at)) < 0) {
      at++;
    }
    if (from == at) {
      throw malformed();
    }
    String name = setting.substring(from, at);
    // The server folds other letters by its locale: it writes such names quoted.
    if (!name.chars().allMatch(character -> character < 128)) {
      throw malformed();
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private void skipSpace() {
    while (at < setting.length() && SPACE.indexOf(setting.charAt(at)) >= 0) {
      at++;
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("a search_path that cannot be read");
  }
}
