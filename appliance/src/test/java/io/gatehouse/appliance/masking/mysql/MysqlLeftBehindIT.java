package io.gatehouse.appliance.masking.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.masking.mysql.MysqlStep.Text;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Warnings quote values of statements before them, whatever a rule says of unread bodies. */
class MysqlLeftBehindIT {
  private static final String UNREAD = "{name: all, verdict: allow, bodies: unread}";
  private static final List<MysqlStep> STEPS =
      List.of(new Text("SELECT CAST(ssn AS SIGNED) FROM customers"), new Text("SHOW WARNINGS"));

  @TempDir private Path folder;

  private MysqlTranscripts answers(Flavour flavour, String policy) throws Exception {
    try (GatedMysql gate = GatedMysql.start(folder, flavour, CorpTables.TWINS.names(), policy)) {
      return MysqlTranscripts.of(CorpTables.TWINS, gate::login, STEPS);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void warnings_whereSomethingIsMasked_areRefused(Flavour flavour) throws Exception {
    CorpTables tables = new CorpTables(flavour);
    tables.renew();
    String masked =
        GatedMysql.policy("output", CorpTables.columns())
            .replace("{name: all, verdict: allow}", UNREAD);
    MysqlTranscripts answers = answers(flavour, masked);
    assertThat(answers.holds(tables.markers())).isFalse();
    assertThat(answers.one().errors())
        .extracting(ErrPacket::message)
        .last()
        .asString()
        .contains("it tells what statements before it left behind");
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void warnings_whereNothingIsMasked_areShown(Flavour flavour) throws Exception {
    CorpTables tables = new CorpTables(flavour);
    tables.renew();
    MysqlTranscripts answers = answers(flavour, "rules:\n  - " + UNREAD + "\n");
    assertThat(answers.one().errors()).isEmpty();
    assertThat(answers.holds(tables.markers())).isTrue();
  }
}
