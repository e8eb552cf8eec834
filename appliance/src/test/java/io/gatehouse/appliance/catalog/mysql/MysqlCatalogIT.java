package io.gatehouse.appliance.catalog.mysql;

import static io.gatehouse.appliance.catalog.mysql.MysqlEstate.relation;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions.Check;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class MysqlCatalogIT {
  private static final String CUSTOMERS =
      "CREATE TABLE cat.customers (id INT PRIMARY KEY, name VARCHAR(40), ssn VARCHAR(11),"
          + " full_name VARCHAR(100) AS (CONCAT(name, ' `', ssn)) STORED,"
          + " shout VARCHAR(200) AS (UPPER(full_name)) VIRTUAL, UNIQUE KEY both_of (name, ssn))";
  private static final String ACCOUNTS =
      "CREATE TABLE cat.accounts (id INT PRIMARY KEY, customer INT, balance DECIMAL(10,2),"
          + " FOREIGN KEY (customer) REFERENCES cat.customers (id) ON DELETE CASCADE)";

  private static ColumnOrigin origin(String table, String column) {
    return new ColumnOrigin("cat", table, column);
  }

  private static MysqlEstate estate(Flavour flavour, String... statements) {
    MysqlEstate estate = new MysqlEstate(flavour, "cat");
    estate.run(CUSTOMERS, ACCOUNTS);
    estate.run(statements);
    return estate;
  }

  @ParameterizedTest
  @EnumSource
  void tables_areReadWithTheirColumnsInOrder(Flavour flavour) {
    try (MysqlEstate estate = estate(flavour)) {
      Catalog catalog = estate.read();

      Relation customers = relation(catalog, "cat", "customers");
      assertThat(customers.kind()).isEqualTo(Kind.TABLE);
      assertThat(customers.columns()).containsExactly("id", "name", "ssn", "full_name", "shout");
      assertThat(customers.columnTypes())
          .startsWith(new QualifiedName("", "int"), new QualifiedName("", "varchar"));
      assertThat(customers.anatomy().numbers()).containsExactly(1, 2, 3, 4, 5);
      assertThat(customers.codeOnRead() || customers.codeOnWrite()).isFalse();
      assertThat(catalog.hasSchema("cat")).isTrue();
      assertThat(catalog.user()).isEqualTo("held_native@%");
      assertThat(catalog.serverMajor()).isEqualTo(flavour == Flavour.MYSQL ? 8 : 11);
    }
  }

  @ParameterizedTest
  @EnumSource
  void generatedColumns_areComputedFromOthers_throughOtherGeneratedOnes(Flavour flavour) {
    try (MysqlEstate estate = estate(flavour)) {
      assertThat(relation(estate.read(), "cat", "customers").anatomy().computed())
          .isEqualTo(
              Map.of(
                  "full_name", Set.of("name", "ssn"), "shout", Set.of("full_name", "name", "ssn")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_leadToOtherTablesAndColumns(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "CREATE TABLE cat.entries (account INT, FOREIGN KEY (account)"
                + " REFERENCES cat.accounts (id) ON UPDATE SET NULL)",
            "CREATE TABLE cat.plain (account INT, FOREIGN KEY (account)"
                + " REFERENCES cat.accounts (id))")) {
      Catalog catalog = estate.read();

      Relation customers = relation(catalog, "cat", "customers");
      assertThat(customers.cascades())
          .containsExactly(
              new QualifiedName("cat", "accounts"), new QualifiedName("cat", "entries"));
      assertThat(customers.anatomy().conditions().checks())
          .containsExactlyInAnyOrder(
              new Check(
                  Set.of("name", "ssn"),
                  Set.of(origin("customers", "name"), origin("customers", "ssn")),
                  false),
              new Check(Set.of("id"), Set.of(origin("accounts", "customer")), true));
      assertThat(relation(catalog, "cat", "accounts").anatomy().conditions().checks())
          .contains(new Check(Set.of("customer"), Set.of(origin("customers", "id")), false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void views_dependOnBaseColumns_throughOtherViews(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "CREATE VIEW cat.named (a, b) AS SELECT id, name FROM cat.customers",
            "USE cat",
            "CREATE VIEW rich AS SELECT b AS who FROM named n WHERE EXISTS (SELECT * FROM accounts"
                + " WHERE customer = n.a AND balance > 5)",
            "CREATE VIEW joined AS SELECT c.ssn, COUNT(*) AS n FROM customers c NATURAL JOIN"
                + " (SELECT id FROM accounts) x GROUP BY c.ssn ORDER BY c.name",
            "CREATE VIEW common AS WITH t (i, s) AS (SELECT id, ssn FROM customers)"
                + " SELECT i FROM t UNION SELECT 7 FROM named")) {
      Catalog catalog = estate.read();

      Relation named = relation(catalog, "cat", "named");
      assertThat(named.kind()).isEqualTo(Kind.VIEW);
      assertThat(named.columns()).containsExactly("a", "b");
      assertThat(named.origins())
          .containsExactlyInAnyOrder(origin("customers", "id"), origin("customers", "name"));
      assertThat(named.anatomy().definition()).contains("`cat`.`customers`");
      assertThat(named.codeOnRead() || named.codeOnWrite()).isFalse();
      Relation rich = relation(catalog, "cat", "rich");
      assertThat(rich.origins())
          .containsExactlyInAnyOrder(
              origin("customers", "id"),
              origin("customers", "name"),
              origin("accounts", "customer"),
              origin("accounts", "balance"));
      assertThat(rich.reads())
          .containsExactlyInAnyOrder(
              new QualifiedName("cat", "accounts"),
              new QualifiedName("cat", "customers"),
              new QualifiedName("cat", "named"));
      assertThat(relation(catalog, "cat", "joined").origins())
          .containsExactlyInAnyOrder(
              origin("customers", "ssn"),
              origin("customers", "id"),
              origin("customers", "name"),
              origin("accounts", "id"));
      assertThat(relation(catalog, "cat", "common").origins())
          .contains(origin("customers", "ssn"), origin("customers", "name"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void views_areReadWhateverModesTheyWereMadeIn(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'",
            "CREATE VIEW \"cat\".\"odd\" AS SELECT \"name\" || '\\' AS \"a\"\"`b\", '''\"' AS c,"
                + " ssn AS \"back\\\" FROM cat.customers")) {
      Relation odd = relation(estate.read(), "cat", "odd");

      assertThat(odd.anatomy().definition()).isNotEmpty();
      assertThat(odd.columns()).containsExactly("a\"`b", "c", "back\\");
      assertThat(odd.origins())
          .containsExactlyInAnyOrder(origin("customers", "name"), origin("customers", "ssn"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfUsersInViews_areCode_andBuiltInOnesHaveEffects(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "USE cat",
            "CREATE FUNCTION twice (n INT) RETURNS INT DETERMINISTIC RETURN n * 2",
            "CREATE VIEW calling AS SELECT twice(id) AS d FROM customers",
            "CREATE VIEW above AS SELECT d FROM calling",
            // Built in on servers that these are not.
            "CREATE FUNCTION string_to_vector (n INT) RETURNS INT DETERMINISTIC RETURN n",
            "CREATE VIEW shadowed AS SELECT string_to_vector(id) AS d FROM customers",
            "CREATE VIEW waiting AS SELECT SLEEP(0) AS z, UPPER(name) AS n FROM customers")) {
      Catalog catalog = estate.read();

      assertThat(relation(catalog, "cat", "calling").codeOnRead()).isTrue();
      assertThat(relation(catalog, "cat", "above").codeOnRead()).isTrue();
      assertThat(relation(catalog, "cat", "shadowed").codeOnRead()).isTrue();
      Relation waiting = relation(catalog, "cat", "waiting");
      assertThat(waiting.codeOnRead()).isFalse();
      assertThat(waiting.effects()).contains(Effect.SLEEPS);
      assertThat(catalog.routines("cat", "twice"))
          .containsExactly(
              new Routine(
                  "cat",
                  "twice",
                  Routine.Kind.FUNCTION,
                  Routine.Volatility.VOLATILE,
                  "SQL",
                  true,
                  ""));
      assertThat(catalog.codeChangesSession()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void triggers_areCodeOnWrite_alsoOfWhatLeadsToTheirTable(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "USE cat",
            "CREATE VIEW over_accounts AS SELECT id, balance FROM accounts",
            "CREATE TABLE untouched (id INT)",
            "CREATE TRIGGER counted BEFORE UPDATE ON accounts FOR EACH ROW"
                + " SET NEW.balance = NEW.balance + 0, @changed = 1")) {
      Catalog catalog = estate.read();

      assertThat(relation(catalog, "cat", "accounts").codeOnWrite()).isTrue();
      assertThat(relation(catalog, "cat", "over_accounts").codeOnWrite()).isTrue();
      assertThat(relation(catalog, "cat", "customers").codeOnWrite()).isTrue();
      assertThat(relation(catalog, "cat", "untouched").codeOnWrite()).isFalse();
      assertThat(relation(catalog, "cat", "accounts").codeOnRead()).isFalse();
      assertThat(catalog.codeChangesSession()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRoutineThatMakesTemporaryTables_changesSessions(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "CREATE PROCEDURE cat.shadow ()"
                + " CREATE TEMPORARY TABLE cat.customers (id INT, ssn INT)")) {
      assertThat(estate.read().codeChangesSession()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatShowsTheRowsOfOtherTables_isAViewThatNobodyUnderstands(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "CREATE TABLE cat.one (id INT, ssn INT) ENGINE = MyISAM",
            "CREATE TABLE cat.merged (id INT, ssn INT) ENGINE = MERGE UNION = (cat.one)",
            "CREATE VIEW cat.above AS SELECT ssn FROM cat.merged")) {
      Catalog catalog = estate.read();

      for (String name : List.of("merged", "above")) {
        Relation merged = relation(catalog, "cat", name);
        assertThat(merged.kind()).isEqualTo(Kind.VIEW);
        assertThat(merged.anatomy().definition()).isEmpty();
        assertThat(merged.codeOnRead() && merged.codeOnWrite()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAUserIsNotShown_isNotUnderstood(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "CREATE VIEW cat.open AS SELECT id FROM cat.accounts",
            "CREATE VIEW cat.secret AS SELECT ssn FROM cat.customers",
            "CREATE VIEW cat.far AS SELECT id FROM cat.open")) {
      Upstream sees =
          estate.user(
              "sees_some",
              "SELECT, SHOW VIEW ON cat.open",
              "SELECT, SHOW VIEW ON cat.far",
              "SELECT, INSERT ON cat.accounts",
              "SELECT ON cat.secret");
      Catalog catalog = MysqlEstate.read(sees);

      assertThat(catalog.relation("cat", "customers")).isNull();
      assertThat(relation(catalog, "cat", "secret").anatomy().definition()).isEmpty();
      assertThat(relation(catalog, "cat", "secret").codeOnRead()).isTrue();
      assertThat(relation(catalog, "cat", "far").origins())
          .containsExactly(origin("accounts", "id"));
      assertThat(relation(catalog, "cat", "accounts").codeOnWrite()).isTrue();
      assertThat(catalog.codeChangesSession()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatRestsOnWhatAUserDoesNotSee_isNotUnderstood(Flavour flavour) {
    try (MysqlEstate estate =
        estate(flavour, "CREATE VIEW cat.shown AS SELECT ssn FROM cat.customers")) {
      Catalog catalog =
          MysqlEstate.read(estate.user("sees_views", "SELECT, SHOW VIEW, TRIGGER ON cat.shown"));

      assertThat(relation(catalog, "cat", "shown").anatomy().definition()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUserWhoIsShownEverythingOfADatabase_knowsItsTriggers(Flavour flavour) {
    try (MysqlEstate estate = estate(flavour)) {
      Catalog catalog =
          MysqlEstate.read(
              estate.user("sees_all", "SELECT, INSERT, SHOW VIEW, TRIGGER ON `cat`.*"));

      assertThat(relation(catalog, "cat", "customers").codeOnWrite()).isFalse();
      assertThat(catalog.codeChangesSession()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondReading_isTheSame(Flavour flavour) {
    try (MysqlEstate estate =
        estate(
            flavour,
            "USE cat",
            "CREATE VIEW one AS SELECT c.*, a.balance FROM customers c JOIN accounts a USING (id)",
            "CREATE VIEW two AS SELECT o.ssn, p.name FROM one o JOIN one p",
            "CREATE TRIGGER counted BEFORE UPDATE ON accounts FOR EACH ROW SET NEW.balance = 1",
            "CREATE PROCEDURE waits () SELECT 1")) {
      assertThat(estate.read().content()).isEqualTo(estate.read().content());
    }
  }

  @ParameterizedTest
  @EnumSource
  void systemRelations_areTheServersOwn(Flavour flavour) {
    try (MysqlEstate estate =
        estate(flavour, "CREATE VIEW cat.users AS SELECT User FROM mysql.user")) {
      Catalog catalog = estate.read();

      Relation tables = relation(catalog, "information_schema", "TABLES");
      assertThat(tables.system()).isTrue();
      assertThat(tables.columns()).contains("TABLE_NAME");
      assertThat(relation(catalog, "cat", "users").origins())
          .contains(new ColumnOrigin("mysql", "user", "User"));
      assertThat(relation(catalog, "mysql", "user").system()).isTrue();
    }
  }
}
