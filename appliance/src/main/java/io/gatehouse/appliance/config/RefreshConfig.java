package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.refresh.RefreshRules;
import io.gatehouse.appliance.identity.refresh.RefreshSeal;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * How the provider is asked for groups again.
 *
 * @param key what refresh tokens are sealed with in the store
 */
public record RefreshConfig(RefreshRules rules, SecretReference key) {
  private static final long USUAL_EVERY = 300;
  private static final long USUAL_OUTAGE = 3_600;
  private static final long LEAST = 1;
  private static final long MOST = 86_400;

  static RefreshConfig read(Section section, Environment environment) {
    long every =
        section.find("every-seconds", item -> item.wholeNumber(LEAST, MOST)).orElse(USUAL_EVERY);
    long outage =
        section
            .find("outage-seconds", item -> item.wholeNumber(LEAST, 2 * MOST))
            .orElse(Math.max(USUAL_OUTAGE, 2 * every));
    if (outage <= every) {
      section.problem("has outage-seconds that end before every-seconds do");
      outage = every + 1;
    }
    Item item = section.require("key");
    RefreshConfig config =
        new RefreshConfig(
            new RefreshRules(Duration.ofSeconds(every), Duration.ofSeconds(outage)),
            SecretReference.read(item, environment));
    config.usable().ifPresent(item::problem);
    return config;
  }

  /** What is not there was reported with its reference. */
  private Optional<String> usable() {
    try (Secret secret = key.resolve()) {
      return secret.bytes().length == 0 ? Optional.empty() : tooShort(secret);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> tooShort(Secret secret) {
    int length = secret.bytes().length;
    return length >= RefreshSeal.LEAST_BYTES
        ? Optional.empty()
        : Optional.of("has " + length + " bytes and needs at least " + RefreshSeal.LEAST_BYTES);
  }

  /** Reads the key now. May wait for a disk. */
  public RefreshSeal seal() throws IOException {
    try (Secret secret = key.resolve()) {
      Optional<String> problem = tooShort(secret);
      if (problem.isPresent()) {
        throw new IOException("the key there " + problem.get());
      }
      return RefreshSeal.of(secret, new SecureRandom());
    }
  }
}
