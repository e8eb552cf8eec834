package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key that masks of a policy may name.
 *
 * @param id what its masks are labelled with; empty if it follows from the key
 * @param secret where it is
 */
public record MaskKeyConfig(Optional<String> id, SecretReference secret) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String WORDS = "must be 1 to 64 letters, digits, dots, dashes, underscores";

  static Map<String, MaskKeyConfig> readAll(Section section, Environment environment) {
    Map<String, MaskKeyConfig> keys = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (name, item) -> {
              if (!NAME.matcher(name).matches()) {
                item.problem(WORDS);
              }
              keys.put(name, item.section(key -> read(key, environment)));
            });
    return keys;
  }

  private static MaskKeyConfig read(Section section, Environment environment) {
    Item item = section.require("secret");
    Optional<String> id = section.find("id", MaskKeyConfig::id);
    MaskKeyConfig config = new MaskKeyConfig(id, SecretReference.read(item, environment));
    config.usable().ifPresent(item::problem);
    return config;
  }

  private static String id(Item item) {
    String id = item.text();
    if (!NAME.matcher(id).matches()) {
      item.problem(WORDS);
    }
    return id;
  }

  /**
   * A key that is too short is found now; one that is not there was reported with its reference.
   */
  private Optional<String> usable() {
    try (Secret key = secret.resolve()) {
      return key.bytes().length == 0 ? Optional.empty() : tooShort(key);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> tooShort(Secret key) {
    int length = key.bytes().length;
    return length >= MaskKey.LEAST_BYTES
        ? Optional.empty()
        : Optional.of("has " + length + " bytes and needs at least " + MaskKey.LEAST_BYTES);
  }

  /** Reads the key now. May wait for a disk. */
  public MaskKey key() throws IOException {
    try (Secret key = secret.resolve()) {
      Optional<String> problem = tooShort(key);
      if (problem.isPresent()) {
        throw new IOException("the key there " + problem.get());
      }
      return id.map(said -> MaskKey.of(said, key)).orElseGet(() -> MaskKey.of(key));
    }
  }
}
