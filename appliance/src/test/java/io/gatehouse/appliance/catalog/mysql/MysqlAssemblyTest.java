package io.gatehouse.appliance.catalog.mysql;

import static io.gatehouse.appliance.catalog.mysql.MysqlEstate.relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions.Check;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.Routine;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlAssemblyTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void whereNamesIgnoreCase_theyAreSpelledAsStatementsLookThemUp(String lowerCaseTableNames) {
    Catalog catalog =
        new Rows()
            .everyRight()
            .row("schema", "Bank")
            .table("Bank", "Customers", "Id", "Ssn")
            .relation("INFORMATION_SCHEMA", "tables", "SYSTEM VIEW", null, "TABLE_NAME")
            .view("Bank", "V", "select `C`.`SSN` AS `s` from `BANK`.`CUSTOMERS` `C`", "s")
            .catalog("8.0.36", lowerCaseTableNames);

    assertThat(catalog.hasSchema("bank")).isTrue();
    assertThat(relation(catalog, "bank", "customers").columns()).containsExactly("Id", "Ssn");
    assertThat(relation(catalog, "bank", "v").origins())
        .containsExactly(new ColumnOrigin("bank", "customers", "Ssn"));
    assertThat(relation(catalog, "information_schema", "TABLES").system()).isTrue();
  }

  @Test
  void whereNamesDoNotIgnoreCase_twoMayDifferInItOnly() {
    Catalog catalog =
        new Rows()
            .everyRight()
            .table("bank", "t", "a")
            .table("bank", "T", "b")
            .view("bank", "v", "select `bank`.`T`.`b` AS `b` from `bank`.`T`", "b")
            .catalog();

    assertThat(relation(catalog, "bank", "v").origins())
        .containsExactly(new ColumnOrigin("bank", "T", "b"));
  }

  @Test
  void invisibleColumns_areNotWhatAStarStandsFor() {
    Relation table =
        relation(
            new Rows()
                .everyRight()
                .table("bank", "t", "a")
                .row("column", "bank", "t", "h", "2", "int", "INVISIBLE", "")
                .catalog(),
            "bank",
            "t");

    assertThat(table.columns()).containsExactly("a", "h");
    assertThat(table.anatomy().hidden()).containsExactly("h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FEDERATED", "CONNECT", "Spider", "made-up"})
  void tablesOfUnknownEngines_areForeignAndRunCode(String engine) {
    Relation table =
        relation(
            new Rows().everyRight().relation("bank", "t", "BASE TABLE", engine, "a").catalog(),
            "bank",
            "t");

    assertThat(table.kind()).isEqualTo(Kind.FOREIGN);
    assertThat(table.codeOnRead() && table.codeOnWrite()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "select",
        "select `x`.`a` AS `a` from `bank`.`t`",
        "select `bank`.`t`.`b` AS `a` from `bank`.`t`",
        "select `bank`.`u`.`a` AS `a` from `bank`.`u`",
        "select `bank`.`t`.`a` AS `a` from `bank`.`t` where exists(select 1 from `other`.`t`)",
        "delete from `bank`.`t`"
      })
  void whatCannotBeFollowed_isNotUnderstood_norIsWhatRestsOnIt(String definition) {
    Catalog catalog =
        new Rows()
            .everyRight()
            .table("bank", "t", "a")
            .view("bank", "v", definition, "a")
            .view("bank", "w", "select `bank`.`v`.`a` AS `a` from `bank`.`v`", "a")
            .catalog();

    for (String name : Set.of("v", "w")) {
      Relation view = relation(catalog, "bank", name);
      assertThat(view.kind()).isEqualTo(Kind.VIEW);
      assertThat(view.anatomy().definition()).isEmpty();
      assertThat(view.codeOnRead()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nvl(`bank`.`t`.`a`,1); false",
        "`nvl`(`bank`.`t`.`a`,1); true",
        "`bank`.`nvl`(`bank`.`t`.`a`,1); true",
        "loaded(`bank`.`t`.`a`); true"
      })
  void functionsOfUsers_areKnownByTheirQuotes_orByTheirNames(String call, boolean code) {
    Catalog catalog =
        new Rows()
            .everyRight()
            .table("bank", "t", "a")
            .view("bank", "v", "select " + call + " AS `n` from `bank`.`t`", "n")
            .catalog();

    assertThat(relation(catalog, "bank", "v").codeOnRead()).isEqualTo(code);
    assertThat(relation(catalog, "bank", "v").anatomy().definition()).isNotEmpty();
  }

  @Test
  void aQualifier_standsForEveryTableThatHasItSomewhere() {
    Catalog catalog =
        new Rows()
            .everyRight()
            .table("bank", "t", "a")
            .table("bank", "u", "a", "b")
            .view(
                "bank",
                "v",
                "select `x`.`a` AS `a` from `bank`.`t` `x` where exists(select 1 from `bank`.`u`"
                    + " `x` where `x`.`b` = 1)",
                "a")
            .catalog();

    assertThat(relation(catalog, "bank", "v").origins())
        .containsExactlyInAnyOrder(
            new ColumnOrigin("bank", "t", "a"),
            new ColumnOrigin("bank", "u", "a"),
            new ColumnOrigin("bank", "u", "b"));
  }

  @Test
  void generatedColumns_areReadWhateverWayTheTextIsEscaped() {
    Relation table =
        relation(
            new Rows()
                .everyRight()
                .table("bank", "t", "a", "b", "odd name")
                .row(
                    "column",
                    "bank",
                    "t",
                    "g",
                    "4",
                    "int",
                    "VIRTUAL GENERATED",
                    "concat(`A`,_utf8mb4\\' ` \\',`odd name`)")
                .catalog(),
            "bank",
            "t");

    assertThat(table.anatomy().computed()).isEqualTo(Map.of("g", Set.of("a", "odd name")));
  }

  @Test
  void checksOverSeveralColumns_areConditions() {
    Relation table =
        relation(
            new Rows()
                .everyRight()
                .table("bank", "t", "a", "b", "c")
                .row("check", "bank", "t", "two", "((`a` > 0) and (`b` <> 1))")
                .row("check", "bank", "t", "one", "(`c` > 0)")
                .row("unique", "bank", "t", "fn", null, "lower(`b`)")
                .row("unique", "bank", "t", "fn", "c", null)
                .catalog(),
            "bank",
            "t");

    assertThat(table.anatomy().conditions().checks())
        .containsExactlyInAnyOrder(
            new Check(
                Set.of("a", "b"),
                Set.of(new ColumnOrigin("bank", "t", "a"), new ColumnOrigin("bank", "t", "b")),
                false),
            new Check(
                Set.of("b", "c"),
                Set.of(new ColumnOrigin("bank", "t", "b"), new ColumnOrigin("bank", "t", "c")),
                false));
  }

  @ParameterizedTest
  @CsvSource({"bank, true", "b\\_nk, false", "ba%, false", "other, false"})
  void triggersOfADatabase_areShownToWhomTheyWereGrantedByItsName(String granted, boolean shown) {
    Catalog catalog =
        new Rows()
            .row("schema-right", "'gate'@'%'", "TRIGGER", granted)
            .row("schema-right", "'gate'@'%'", "SELECT", "bank")
            .row("schema-right", "'somebody'@'%'", "TRIGGER", "bank")
            .table("bank", "t", "a")
            .catalog();

    assertThat(relation(catalog, "bank", "t").codeOnWrite()).isEqualTo(!shown);
    assertThat(catalog.codeChangesSession()).isEqualTo(!shown);
  }

  @Test
  void whereRightsCanBeTakenBackInPart_thoseOnEverythingDoNotCount() {
    Catalog catalog =
        new Rows().everyRight().row("partial", "ON").table("bank", "t", "a").catalog();

    assertThat(relation(catalog, "bank", "t").codeOnWrite()).isTrue();
  }

  @Test
  void codeThatIsNotShown_mayChangeSessions() {
    Rows rows = new Rows().everyRight().table("bank", "t", "a");
    assertThat(rows.catalog().codeChangesSession()).isFalse();

    rows.row("routine", "sys", "any", "PROCEDURE", null, "INVOKER", "", "SQL");
    assertThat(rows.catalog().codeChangesSession()).as("the server's own").isFalse();

    rows.row("routine", "bank", "p", "PROCEDURE", null, "DEFINER", "", "SQL");
    assertThat(rows.catalog().codeChangesSession()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "RETURN 1, '', SQL, false",
    "SET @x = 1, ORACLE, SQL, true",
    "return 1, '', EXTERNAL, true"
  })
  void bodiesOfAnotherLanguage_mayChangeSessions(
      String body, String modes, String language, boolean changes) {
    Catalog catalog =
        new Rows()
            .everyRight()
            .row("routine", "bank", "F", "FUNCTION", body, "DEFINER", modes, language)
            .catalog();

    assertThat(catalog.codeChangesSession()).isEqualTo(changes);
    assertThat(catalog.routines("bank", "f")).hasSize(1);
  }

  @Test
  void aBodyThatCallsWhatIsNotShown_mayChangeSessions_unlessAllIsShown() {
    Rows some =
        new Rows()
            .row("server-right", "'gate'@'%'", "TRIGGER")
            .row(
                "routine",
                "bank",
                "p",
                "PROCEDURE",
                "CALL bank.hidden(LENGTH('a'))",
                "DEFINER",
                "",
                "SQL");
    assertThat(some.catalog().codeChangesSession()).isTrue();

    some.row("server-right", "'gate'@'%'", "SELECT");
    assertThat(some.catalog().codeChangesSession()).isFalse();
  }

  @Test
  void functionsOfLibraries_belongToNoDatabase() {
    Catalog catalog =
        new Rows()
            .row("server-right", "'gate'@'%'", "TRIGGER")
            .row("loadable", "Counts", "aggregate")
            .row("routine", "bank", "p", "PROCEDURE", "SELECT counts(a) FROM t", "", "", "SQL")
            .catalog();

    assertThat(catalog.routines("", "counts"))
        .extracting(Routine::kind)
        .containsExactly(Routine.Kind.AGGREGATE);
    assertThat(catalog.codeChangesSession()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.7.44", "10.6.20-MariaDB"})
  void serversThatNobodyReviewed_areNotRead(String version) {
    Rows rows = new Rows();
    assertThatThrownBy(() -> rows.catalog(version, "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("older");
  }
}
