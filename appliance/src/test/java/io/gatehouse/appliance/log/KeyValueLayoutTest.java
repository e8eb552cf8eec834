package io.gatehouse.appliance.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class KeyValueLayoutTest {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.layout");

  private static String line(Object value) {
    try (RecordedLog log = RecordedLog.atTrace()) {
      LOG.atInfo().addKeyValue("user", value).log("seen");
      return log.lines().getFirst().replaceFirst("^ts=\\S+Z ", "");
    }
  }

  @Test
  void plainValue_standsAsItIs() {
    assertThat(line("alice@bank.example"))
        .isEqualTo("level=INFO logger=layout event=seen user=alice@bank.example");
  }

  @Test
  void valueThatLooksLikeAnotherLineOrKey_isQuotedAndEscaped() {
    assertThat(line("a\nlevel=INFO \"x\" \\ \u001b[2J \u202e"))
        .isEqualTo(
            "level=INFO logger=layout event=seen"
                + " user=\"a\\nlevel=INFO \\\"x\\\" \\\\ \\u001b[2J \\u202e\"");
  }

  @Test
  void longValue_isCut() {
    assertThat(line("x".repeat(100_000))).hasSizeLessThan(4_300).endsWith("…\"");
  }

  @Test
  void exception_isPartOfTheLine() {
    try (RecordedLog log = RecordedLog.atTrace()) {
      LOG.error("failed", new IllegalStateException("two\nlines"));

      assertThat(log.lines()).singleElement().asString().contains("error=\"two\\nlines\"");
      assertThat(log.lines().getFirst()).doesNotContain("\n");
    }
  }
}
