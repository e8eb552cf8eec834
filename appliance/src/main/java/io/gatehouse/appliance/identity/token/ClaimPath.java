package io.gatehouse.appliance.identity.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a claim is: the names from the claims inwards. */
public record ClaimPath(List<String> names) {
  private static final int MAX_NAMES = 8;

  public ClaimPath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.size() > MAX_NAMES || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a path to a claim has 1 to " + MAX_NAMES + " names");
    }
  }

  /** Names between dots; a dot that belongs to a name is {@code \.} and a backslash {@code \\}. */
  public static ClaimPath parse(String path) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else if (c == '\\') {
        name.append(escaped(path, ++i));
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return new ClaimPath(names);
  }

  private static char escaped(String path, int at) {
    char c = at < path.length() ? path.charAt(at) : 0;
    if (c != '.' && c != '\\') {
      throw new IllegalArgumentException("in a path to a claim only . and \\ follow a backslash");
    }
    return c;
  }

  String head() {
    return names.getFirst();
  }

  /**
   * What is there. Where a name on the way is no object it reads as null, which no claim may be.
   */
  Optional<Json> find(Json.Members claims) {
    Optional<Json> found = Optional.of(claims);
    for (String name : names) {
      if (found.isEmpty()) {
        return found;
      }
      found =
          found.get() instanceof Json.Members object
              ? object.find(name)
              : Optional.of(new Json.Null());
    }
    return found;
  }
}
