package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.twin.Construct;
import io.gatehouse.appliance.masking.twin.MysqlGenerated;
import io.gatehouse.appliance.masking.twin.MysqlGenerator;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With nothing in between: whether twins and statements can tell a gate that leaks from one that
 * does not.
 */
class MysqlTwinGeneratorIT {
  private static final int COUNT = 300;

  private static List<MysqlGenerated> statements(Flavour flavour) {
    MysqlGenerator generator = new MysqlGenerator(flavour == Flavour.MARIADB);
    return LongStream.rangeClosed(1, COUNT).mapToObj(generator::next).toList();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void statements_generated_have_every_construct_and_are_the_same_again(Flavour flavour) {
    List<MysqlGenerated> statements = statements(flavour);
    assertThat(statements).isEqualTo(statements(flavour));
    for (Construct construct :
        EnumSet.complementOf(EnumSet.of(Construct.MISTAKE, Construct.COPY))) {
      assertThat(statements.stream().filter(one -> one.constructs().contains(construct)))
          .as(construct.name())
          .hasSizeGreaterThanOrEqualTo(COUNT / 20);
    }
    assertThat(statements.stream().filter(one -> !one.touchesProtected()))
        .hasSizeGreaterThanOrEqualTo(COUNT / 2);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void statements_run_at_twins_differ_only_by_protected_columns(Flavour flavour) throws Exception {
    new MysqlBank(flavour).with(Variant.MARKED, Variant.UNLIKE);
    List<String> wrong = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    int different = 0;
    try (MysqlTwinSessions twins =
        new MysqlTwinSessions(
            MysqlBank.TWINS, Variant.UNLIKE, name -> GatedMysql.direct(flavour, name))) {
      for (MysqlGenerated generated : statements(flavour)) {
        MysqlTranscripts answers = twins.run(MysqlTwinIT.steps(generated));
        if (answers.one().failed()) {
          invalid.add(generated + " " + answers.one().errors());
        }
        boolean differs = answers.difference().isPresent();
        different += differs ? 1 : 0;
        if (differs && !generated.touchesProtected()) {
          wrong.add(generated + "\n" + answers.difference().orElseThrow());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(invalid).hasSizeLessThanOrEqualTo(COUNT / 10);
    assertThat(different).as("that differ").isGreaterThanOrEqualTo(COUNT / 4);
  }
}
