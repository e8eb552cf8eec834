package io.gatehouse.appliance.masking;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads which of the bank's columns are protected. */
public final class ProtectedColumns {
  private static final List<ProtectedColumn> ALL = read();

  private ProtectedColumns() {}

  /** In the order of the file. */
  public static List<ProtectedColumn> all() {
    return ALL;
  }

  public static boolean contains(String schema, String table, String column) {
    return ALL.stream().anyMatch(one -> one.name().equals(String.join(".", schema, table, column)));
  }

  private static List<ProtectedColumn> read() {
    try {
      return YamlFile.parse(
          Path.of("protected.yaml"),
          BankData.text("protected.yaml").getBytes(StandardCharsets.UTF_8),
          file ->
              file.require("columns").items().stream()
                  .map(item -> item.section(ProtectedColumns::column))
                  .toList());
    } catch (InvalidFileException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProtectedColumn column(Section section) {
    String[] parts = section.require("column").text().split("\\.", -1);
    return new ProtectedColumn(
        parts[0],
        parts[1],
        parts[2],
        section.require("kind").text(),
        section.find("because", Item::text));
  }
}
