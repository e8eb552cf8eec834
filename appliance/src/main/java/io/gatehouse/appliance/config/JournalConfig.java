package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything is put on record.
 *
 * @param directory the journal; made if it is not there
 * @param keys where data keys are, outside of it
 * @param node this node's number
 * @param wrapping what data keys are wrapped under
 * @param signing the private key of checkpoints, in PKCS#8
 * @param verifier the line that says its public one
 * @param sync when a record counts as written
 * @param syncMillis how often it is synced, where that is by time
 * @param checkpointSeconds how often a checkpoint is signed
 * @param tailFileMib how large each file of the tail is, in steps of 8; there are two for each
 *     event loop
 * @param anchors where checkpoints are kept outside of the machine
 * @param keep for how long what is kept
 */
public record JournalConfig(
    Path directory,
    Path keys,
    long node,
    Wrapping wrapping,
    Path signing,
    Path verifier,
    Sync sync,
    int syncMillis,
    int checkpointSeconds,
    int tailFileMib,
    List<AnchorConfig> anchors,
    KeepConfig keep) {
  private static final int MOST_MILLIS = 1_000;
  private static final int MILLIS = 10;
  private static final int MOST_SECONDS = 60;
  private static final int SECONDS = 2;
  private static final int LEAST_MIB = 8;
  private static final int MOST_MIB = 1_024;
  private static final int MIB = 64;
  private static final Map<String, Sync> SYNCS =
      Map.of("each", Sync.EACH, "interval", Sync.INTERVAL, "os", Sync.OS);

  /** When a record counts as written. */
  public enum Sync {
    EACH,
    INTERVAL,
    OS
  }

  /** A key-encryption key. */
  public record Wrapping(String name, SecretReference secret) {}

  /** The words that stand in for a journal, so that nobody goes without one by forgetting it. */
  static final String NO_JOURNAL = "keep-no-record";

  static Optional<JournalConfig> read(Item item, Environment environment) {
    if (item.mapping()) {
      return Optional.of(item.section(part -> section(part, environment)));
    }
    if (!item.text().equals(NO_JOURNAL)) {
      item.problem("must be a section, or " + NO_JOURNAL + ", found \"" + item.text() + "\"");
    }
    return Optional.empty();
  }

  /** Where there is one. */
  static JournalConfig section(Section section, Environment environment) {
    Item keys = section.require("keys");
    JournalConfig config =
        new JournalConfig(
            section.require("directory").location(),
            keys.location(),
            section.find("node", item -> item.wholeNumber(0, Long.MAX_VALUE)).orElse(0L),
            section.require("wrapping").section(part -> wrapping(part, environment)),
            section.require("signing-key").file(),
            section.require("verifier-key").file(),
            section.find("sync", item -> item.oneOf(SYNCS)).orElse(Sync.EACH),
            section
                .find("sync-millis", item -> (int) item.wholeNumber(1, MOST_MILLIS))
                .orElse(MILLIS),
            section
                .find("checkpoint-seconds", item -> (int) item.wholeNumber(1, MOST_SECONDS))
                .orElse(SECONDS),
            section
                .find("tail-file-mib", item -> (int) item.wholeNumber(LEAST_MIB, MOST_MIB))
                .orElse(MIB),
            section.find("anchors", AnchorConfig::readAll).orElse(List.of()),
            KeepConfig.read(section, environment));
    if (config.tailFileMib % LEAST_MIB != 0) {
      section.require("tail-file-mib").problem("goes in steps of " + LEAST_MIB);
    }
    section
        .find("former-wrapping")
        .filter(_ -> config.keep.hasFormer(config.wrapping.name()))
        .ifPresent(item -> item.problem("names the key in use, or one twice"));
    if (config.keys.startsWith(config.directory)) {
      keys.problem("must not be inside of the journal: who has one would have the other");
    }
    return config;
  }

  static Wrapping wrapping(Section section, Environment environment) {
    return new Wrapping(
        section.require("name").text(),
        SecretReference.read(section.require("secret"), environment));
  }
}
