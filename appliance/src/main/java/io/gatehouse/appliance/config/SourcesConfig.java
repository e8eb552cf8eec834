package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What plugins are trusted, and the sources of secrets that they bring.
 *
 * @param plugins empty where there are none
 * @param sources by the name that targets use
 * @param folder where relative paths start
 */
public record SourcesConfig(Optional<Plugins> plugins, Map<String, Source> sources, Path folder) {

  /** Nothing but what the gate has itself. */
  public static final SourcesConfig NONE =
      new SourcesConfig(Optional.empty(), Map.of(), Path.of(""));

  /**
   * Jars that are loaded.
   *
   * @param trusted the name of a file in the folder to its SHA-256 in small hexadecimal digits
   */
  public record Plugins(Path folder, Map<String, String> trusted) {
    public Plugins {
      trusted = Map.copyOf(trusted);
    }
  }

  /**
   * A source of secrets.
   *
   * @param kind which kind of the plugins
   * @param answer how long a question may take
   * @param refresh how often it is asked without any other reason
   * @param settings the plugin's own
   */
  public record Source(
      String kind, Duration answer, Optional<Duration> refresh, Map<String, String> settings) {
    public Source {
      settings = Map.copyOf(settings);
    }
  }

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final long ANSWER_SECONDS = 10;
  private static final long MOST_ANSWER_SECONDS = 300;
  private static final long MOST_REFRESH_SECONDS = 31_536_000;

  public SourcesConfig {
    sources = Map.copyOf(sources);
  }

  static SourcesConfig read(Section root) {
    return new SourcesConfig(
        root.find("plugins", item -> item.section(SourcesConfig::plugins)),
        root.find("secret-sources", item -> item.section(SourcesConfig::sources)).orElse(Map.of()),
        root.problems().base());
  }

  private static Plugins plugins(Section section) {
    Map<String, String> trusted = section.require("trusted").section(SourcesConfig::trusted);
    if (trusted.isEmpty()) {
      section.problem("trusts no file; leave it out if there are no plugins");
    }
    return new Plugins(section.require("folder").location(), trusted);
  }

  private static Map<String, String> trusted(Section section) {
    Map<String, String> trusted = new TreeMap<>();
    section
        .entries()
        .forEach(
            (file, item) -> {
              if (file.contains("/") || !file.endsWith(".jar")) {
                item.problem("the key must be the name of a jar in the folder");
              }
              String digest = item.plain();
              if (!DIGEST.matcher(digest).matches()) {
                item.problem("must be the SHA-256 of the file, 64 small hexadecimal digits");
              }
              trusted.put(file, digest);
            });
    return trusted;
  }

  private static Map<String, Source> sources(Section section) {
    Map<String, Source> sources = new TreeMap<>();
    section
        .entries()
        .forEach((name, item) -> sources.put(name, item.section(SourcesConfig::source)));
    return sources;
  }

  private static Source source(Section section) {
    Map<String, String> settings = new TreeMap<>();
    section.entries().forEach((key, value) -> settings.put(key, value.plain()));
    String kind = section.require("kind").text();
    Duration answer =
        Duration.ofSeconds(
            section
                .find("answer-seconds", item -> item.wholeNumber(1, MOST_ANSWER_SECONDS))
                .orElse(ANSWER_SECONDS));
    Optional<Duration> refresh =
        section.find(
            "refresh-seconds",
            (Item item) -> Duration.ofSeconds(item.wholeNumber(1, MOST_REFRESH_SECONDS)));
    settings.keySet().removeAll(Set.of("kind", "answer-seconds", "refresh-seconds"));
    return new Source(kind, answer, refresh, settings);
  }
}
