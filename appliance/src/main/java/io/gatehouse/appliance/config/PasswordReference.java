package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.Map;
import java.util.TreeMap;

/** Where the password of a held credential is. */
public sealed interface PasswordReference permits SecretReference, PasswordReference.OfSource {

  /**
   * What a source of secrets is asked for.
   *
   * @param source its name in the configuration
   * @param what its own keys
   */
  record OfSource(String source, Map<String, String> what) implements PasswordReference {
    public OfSource {
      what = Map.copyOf(what);
    }
  }

  static PasswordReference read(Item item, Environment environment) {
    return item.mapping() && item.<Boolean>section(PasswordReference::namesSource)
        ? item.section(PasswordReference::ofSource)
        : SecretReference.read(item, environment);
  }

  private static boolean namesSource(Section section) {
    section.entries(); // they are read, and unknown ones found, by who comes next
    return section.find("source").isPresent();
  }

  private static OfSource ofSource(Section section) {
    Map<String, String> what = new TreeMap<>();
    section.entries().forEach((key, value) -> what.put(key, value.plain()));
    String source = section.require("source").text();
    what.remove("source");
    return new OfSource(source, what);
  }
}
