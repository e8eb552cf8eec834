package io.gatehouse.appliance.sql.analysis.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.plugin.Certainty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients send at connect and in normal work has to be understood. */
class MysqlClientsTest {
  private static final double ENOUGH = 0.99;

  private static final Map<String, String> METADATA =
      Map.of(
          "SCHEMATA",
          "CATALOG_NAME SCHEMA_NAME DEFAULT_CHARACTER_SET_NAME DEFAULT_COLLATION_NAME",
          "TABLES",
          "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE ENGINE TABLE_ROWS TABLE_COMMENT",
          "COLUMNS",
          "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION COLUMN_KEY DATA_TYPE",
          "KEYWORDS",
          "WORD RESERVED",
          "COLLATIONS",
          "COLLATION_NAME CHARACTER_SET_NAME ID IS_DEFAULT",
          "CHARACTER_SETS",
          "CHARACTER_SET_NAME DEFAULT_COLLATE_NAME DESCRIPTION MAXLEN",
          "KEY_COLUMN_USAGE",
          "CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION"
              + " REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME",
          "REFERENTIAL_CONSTRAINTS",
          "CONSTRAINT_SCHEMA CONSTRAINT_NAME UNIQUE_CONSTRAINT_NAME UPDATE_RULE DELETE_RULE"
              + " TABLE_NAME",
          "TABLE_CONSTRAINTS",
          "CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE",
          "ROUTINES",
          "SPECIFIC_NAME ROUTINE_SCHEMA ROUTINE_NAME ROUTINE_TYPE SQL_DATA_ACCESS");

  private record Text(String client, String servers, String sql) {
    boolean on(Flavour flavour) {
      return servers.equals("both")
          || switch (flavour) {
            case MYSQL -> servers.equals("mysql");
            case MARIADB -> servers.equals("mariadb");
          };
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void texts_ofClients_areUnderstood(Flavour flavour) {
    List<Text> texts = texts().stream().filter(text -> text.on(flavour)).toList();
    List<String> refused = new ArrayList<>();
    for (Text text : texts) {
      for (Analysed analysed : analysed(flavour, text.sql())) {
        if (analysed.command().certainty() == Certainty.NONE) {
          refused.add(text.client() + ": " + text.sql() + ": " + analysed.command().doubt());
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(100);
    assertThat((double) refused.size() / texts.size())
        .as(String.join("\n", refused))
        .isLessThanOrEqualTo(1 - ENOUGH);
  }

  private static List<Analysed> analysed(Flavour flavour, String sql) {
    return new MysqlDialect(flavour)
        .analyse(sql, new Scene(catalog(), names(flavour), false, false));
  }

  private static NameState names(Flavour flavour) {
    NameState.Known names = (NameState.Known) MysqlScenes.names(flavour);
    return new NameState.Known(List.of("shop"), names.user(), Set.of(), Set.of(), names.settings());
  }

  private static Catalog catalog() {
    List<Relation> relations =
        new ArrayList<>(
            List.of(
                MysqlScenes.table("shop", "items", "id", "name", "price", "owner_id"),
                MysqlScenes.table("shop", "people", "id", "name"),
                MysqlScenes.table("shop", "item_seq", "next_val")));
    METADATA.forEach(
        (name, columns) ->
            relations.add(MysqlScenes.table(MysqlNames.METADATA, name, columns.split(" ", -1))));
    relations.add(
        MysqlScenes.table(
            MysqlNames.METADATA,
            "STATISTICS",
            "TABLE_SCHEMA",
            "TABLE_NAME",
            "INDEX_NAME",
            "SEQ_IN_INDEX",
            "COLUMN_NAME"));
    return new Catalog(
        3,
        new CatalogContent(
            "shop",
            8,
            "app",
            List.of("shop"),
            Set.of("shop", MysqlNames.METADATA),
            relations,
            List.<Routine>of(),
            Set.<QualifiedName>of(),
            List.of(),
            Set.of(),
            false,
            false,
            Set.of()));
  }

  /** Blocks behind a line of {@code --#}. */
  private static List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    for (String block : file().split("(?m)^--# ", -1)) {
      String[] parts = block.split("\n", 2);
      String[] head = parts[0].split(" \\| ", -1);
      if (head.length == 2 && parts.length == 2) {
        texts.add(new Text(head[0], head[1].strip(), parts[1].strip()));
      }
    }
    return texts;
  }

  private static String file() {
    try (InputStream file =
        Objects.requireNonNull(
            MysqlClientsTest.class.getResourceAsStream("/sql/clients-mysql/known.sql"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
