package io.gatehouse.plugin.secret;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration says of a source. No value is a secret: a file with one is named.
 *
 * @param values the keys that are not the gate's own, with their values as text
 * @param folder where relative paths start: the folder of the configuration
 */
public record SourceSettings(Map<String, String> values, Path folder) {
  public SourceSettings {
    values = Map.copyOf(values);
  }

  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public String require(String key) throws UnusableSettingException {
    return find(key).orElseThrow(() -> new UnusableSettingException(key + " is missing"));
  }

  /** A path, from the configuration's folder if it is relative. */
  public Path path(String value) {
    return folder.resolve(value);
  }

  /** A key that means nothing was meant to mean something. */
  public void refuseOthers(Set<String> known) throws UnusableSettingException {
    Set<String> others = new TreeSet<>(values.keySet());
    others.removeAll(known);
    if (!others.isEmpty()) {
      throw new UnusableSettingException(
          String.join(", ", others)
              + ": not known; known here: "
              + String.join(", ", new TreeSet<>(known)));
    }
  }
}
