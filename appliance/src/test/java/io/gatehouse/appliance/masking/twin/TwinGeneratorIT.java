package io.gatehouse.appliance.masking.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.BankServer;
import io.gatehouse.appliance.masking.ProtectedColumns;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.twin.TwinRunner.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With nothing in between: whether twins and statements can tell a gate that leaks from one that
 * does not.
 */
class TwinGeneratorIT {
  private static final long FIRST_SEED = 1;
  private static final SqlGenerator GENERATOR = SqlGenerator.overBank();

  private static BankServer server;

  @BeforeAll
  static void twins_are_made() throws Exception {
    server = BankServer.start();
    for (Variant variant : Variant.values()) {
      server.with(database(variant), 1, variant);
    }
  }

  @AfterAll
  static void twins_are_closed() throws Exception {
    server.close();
  }

  private static String database(Variant variant) {
    return "twin_" + variant.name().toLowerCase(Locale.ROOT);
  }

  private static TwinRunner twins(Variant other) {
    return new TwinRunner(server.login(database(Variant.MARKED)), server.login(database(other)));
  }

  private static List<Generated> statements(int count) {
    return LongStream.range(FIRST_SEED, FIRST_SEED + count).mapToObj(GENERATOR::next).toList();
  }

  @Test
  void relations_of_the_generator_are_those_of_the_bank() throws Exception {
    try (Connection direct = server.direct(database(Variant.MARKED));
        Statement statement = direct.createStatement()) {
      for (Relation relation : BankTables.ALL) {
        String columns =
            relation.columns().stream()
                .map(Relation.Column::name)
                .collect(Collectors.joining(", "));
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM %s ORDER BY %s".formatted(columns, relation.sql(), relation.key()));
        assertThat(rows.next()).as(relation.sql()).isTrue();
        assertProtected(relation);
      }
    }
  }

  private static void assertProtected(Relation relation) {
    if (relation.view() || relation.sql().contains("_2025")) {
      return;
    }
    String[] name = relation.sql().split("\\.", -1);
    for (Relation.Column column : relation.columns()) {
      assertThat(column.secret())
          .as(relation.sql() + "." + column.name())
          .isEqualTo(ProtectedColumns.contains(name[0], name[1], column.name()));
    }
  }

  @Test
  void statements_generated_have_every_construct_and_are_the_same_again() {
    List<Generated> statements = statements(2000);
    assertThat(statements).isEqualTo(statements(2000));
    for (Construct construct : Construct.values()) {
      assertThat(statements.stream().filter(one -> one.constructs().contains(construct)))
          .as(construct.name())
          .hasSizeGreaterThanOrEqualTo(100);
    }
    assertThat(statements.stream().filter(one -> !one.touchesProtected()))
        .hasSizeGreaterThanOrEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({"UNLIKE, 200", "ALIKE, 100"})
  void statements_run_at_twins_differ_only_by_protected_columns(Variant variant, int count)
      throws Exception {
    TwinRunner twins = twins(variant);
    List<String> wrong = new ArrayList<>();
    int valid = 0;
    int different = 0;
    for (Generated generated : statements(count)) {
      Outcome outcome = twins.run(generated);
      valid += outcome.one().error().isEmpty() ? 1 : 0;
      different += outcome.differs() ? 1 : 0;
      if (outcome.differs() && !generated.touchesProtected()) {
        wrong.add(generated + "\n" + outcome.difference().orElseThrow());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(valid).as("without error").isGreaterThanOrEqualTo(count * 90 / 100);
    assertThat(different).as("that differ").isGreaterThanOrEqualTo(count * 25 / 100);
  }

  /** What the statements changed they took back. */
  @Test
  void twins_asked_the_same_again_answer_the_same() throws Exception {
    TwinRunner same = twins(Variant.MARKED);
    for (Generated generated : statements(75)) {
      assertThat(same.run(generated).difference()).as(generated.toString()).isEmpty();
    }
  }
}
