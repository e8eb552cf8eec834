package io.gatehouse.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What records say of each other. */
class ContinuityTest {
  private static final int SECOND = 1_000_000_000;
  private static final int OTHER = 8;

  private final List<Finding> findings = new ArrayList<>();
  private final Report report = new Report(findings::add);
  private final Continuity continuity = new Continuity(report);

  private record Fields(
      int kind, long sequence, long wall, long monotonic, long boot, long answers) {
    Fields(int kind, long sequence) {
      this(kind, sequence, sequence, sequence, 1, -1);
    }

    Row row(long node) {
      ByteBuffer row =
          ByteBuffer.allocate(Row.SIZE).put((byte) 1).put((byte) kind).putShort((short) 0);
      row.putInt(0).putLong(sequence).putLong(wall).putLong(monotonic).putLong(boot).putLong(boot);
      return new Row(row.position(80).putLong(answers).putLong(node).array());
    }
  }

  private void accept(Fields fields) {
    accept(fields.row(7), Kind.ALTERED, null);
  }

  private void accept(Row row, Kind where, byte @Nullable [] clear) {
    continuity.accept(
        row, new Finding(where, row.sequence(), row.sequence(), "rows", 0, ""), clear);
  }

  private List<String> found() {
    continuity.finish();
    return findings.stream().map(finding -> finding.kind() + " " + finding.sequence()).toList();
  }

  @Test
  void recordsInOrder_leaveNothingToSay() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(Row.INTENT, 1));
    accept(new Fields(Row.OUTCOME, 2, 2, 2, 1, 1));

    assertThat(found()).isEmpty();
  }

  @Test
  void numberLeftOutOrRepeated_isFound() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(OTHER, 3));
    accept(new Fields(OTHER, 3));

    assertThat(found()).containsExactly("REORDERED 3", "MISSING 3");
    assertThat(findings.getLast().text()).contains("numbers 1 to 2");
  }

  @Test
  void firstRecordOfAll_isNumberZero() {
    accept(new Fields(Row.STARTED, 2));

    assertThat(found()).containsExactly("MISSING 2");
  }

  @Test
  void clocksThatGoBackByMoreThanASecond_areFoundOnce() {
    accept(new Fields(Row.STARTED, 0, 9L * SECOND, 9L * SECOND, 1, -1));
    accept(new Fields(OTHER, 1, 8L * SECOND, 8L * SECOND, 1, -1));
    assertThat(findings).isEmpty();
    accept(new Fields(OTHER, 2, 8L * SECOND - 1, 9L * SECOND, 1, -1));
    accept(new Fields(OTHER, 3, 8L * SECOND, 7L * SECOND, 1, -1));
    accept(new Fields(OTHER, 4, 8L * SECOND, 7L * SECOND, 1, -1));

    assertThat(found()).containsExactly("CLOCK_REGRESSION 2", "CLOCK_REGRESSION 3");
  }

  @Test
  void anotherBoot_mayBeginItsMonotonicClockAgain_butMustSayThatItStarted() {
    accept(new Fields(Row.STARTED, 0, 0, 9L * SECOND, 1, -1));
    accept(new Fields(Row.STARTED, 1, 0, 0, 2, -1));
    assertThat(findings).isEmpty();
    accept(new Fields(OTHER, 2, 0, 0, 3, -1));

    assertThat(found()).containsExactly("MISSING 2");
  }

  @Test
  void outcomeOfNoIntent_orOfOneOfAnotherBoot_isFound() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(Row.INTENT, 1));
    accept(new Fields(Row.STARTED, 2, 2, 2, 2, -1));
    accept(new Fields(Row.OUTCOME, 3, 3, 3, 2, 1));

    assertThat(found()).containsExactly("INTENT_WITHOUT_OUTCOME 1", "MISSING 3");
  }

  @Test
  void resultInParts_comesBehindItsIntent_andBeforeItsOutcome() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(Row.INTENT, 1));
    accept(new Fields(Row.RESULT, 2, 2, 2, 1, 1));
    accept(new Fields(Row.RESULT, 3, 3, 3, 1, 1));
    accept(new Fields(Row.OUTCOME, 4, 4, 4, 1, 1));
    assertThat(findings).isEmpty();
    accept(new Fields(Row.RESULT, 5, 5, 5, 1, 1));
    accept(new Fields(Row.RESULT, 6));

    assertThat(found()).containsExactly("MISSING 5", "MISSING 6");
  }

  @Test
  void answerToSomethingLater_andAnotherNode_areFound() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(OTHER, 1, 1, 1, 1, 5));
    accept(new Fields(OTHER, 2).row(8), Kind.ALTERED, null);

    assertThat(found()).containsExactly("ALTERED 1", "ALTERED 2");
  }

  @Test
  void holeThatAGapNames_isLost_andOneThatItNamesOnlyInPartIsMissing() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(OTHER, 2));
    accept(new Fields(OTHER, 5));
    byte[] both = {(byte) 0xa1, 0, (byte) 0x82, (byte) 0x82, 1, 1, (byte) 0x82, 3, 3};
    accept(new Fields(Row.GAP, 6).row(7), Kind.ALTERED, both);

    assertThat(found()).containsExactly("LOST 6", "MISSING 5");
  }

  @Test
  void recoveryThatCannotBeRead_isFound() {
    accept(new Fields(Row.STARTED, 0));
    accept(new Fields(Row.RECOVERED, 1).row(7), Kind.ALTERED, new byte[] {1});

    assertThat(found()).containsExactly("ALTERED 1");
  }

  @Test
  void whatIsBehindTheNewestCheckpoint_isNotYetProved_whateverItIs() {
    accept(new Fields(OTHER, 5).row(7), Kind.UNSEALED, null);

    assertThat(found()).containsExactly("UNSEALED 5", "UNSEALED 5");
  }
}
