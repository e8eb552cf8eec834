package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code identity.store}. */
final class StoreReader {
  private static final String SCHEMA = "gatehouse";

  private StoreReader() {}

  static StoreLocation read(Section section, Environment environment) {
    Optional<StoreLocation> file =
        section.find("file", item -> new StoreLocation.InFile(item.location()));
    Optional<StoreLocation> postgres =
        section.find("postgresql", item -> item.section(place -> postgres(place, environment)));
    if (file.isPresent() == postgres.isPresent()) {
      section.problem("must have exactly one of file, postgresql");
    }
    return file.or(() -> postgres).orElseGet(StoreReader::standIn);
  }

  private static StoreLocation postgres(Section section, Environment environment) {
    String url = section.require("url").text();
    String user = section.require("user").text();
    SecretReference password = SecretReference.read(section.require("password"), environment);
    String schema = section.find("schema", Item::text).orElse(SCHEMA);
    try {
      return new StoreLocation.InPostgres(url, user, password::resolve, schema);
    } catch (IllegalArgumentException e) {
      section.problem(String.valueOf(e.getMessage()));
      return standIn();
    }
  }

  private static StoreLocation standIn() {
    return new StoreLocation.InFile(Path.of("."));
  }
}
