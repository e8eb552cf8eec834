package io.gatehouse.appliance.detection;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Findings in the log: where, of which kind and how many, never what. Thread-safe. */
public final class FindingLog implements FindingObserver {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.finding");

  /** A command with more is not worth more lines. */
  private static final int MOST_LINES = 20;

  @Override
  public void found(CommandFindings findings) {
    findings.all().stream().limit(MOST_LINES).forEach(one -> line(findings, one));
    int more = findings.all().size() - MOST_LINES;
    if (more > 0) {
      LOG.atWarn()
          .addKeyValue("session", findings.session())
          .addKeyValue("sequence", findings.sequence())
          .addKeyValue("lines", more)
          .log("more was found");
    }
  }

  private static void line(CommandFindings findings, Found one) {
    LOG.atWarn()
        .addKeyValue("session", findings.session())
        .addKeyValue("sequence", findings.sequence())
        .addKeyValue("caller", findings.caller())
        .addKeyValue("target", findings.target())
        .addKeyValue("database", findings.database())
        .addKeyValue("rule", one.rule())
        .addKeyValue("detector", one.detector())
        .addKeyValue("version", one.version())
        .addKeyValue("result", one.result())
        .addKeyValue("column", one.column())
        .addKeyValue(
            "origin",
            one.origin()
                .map(column -> column.schema() + "." + column.table() + "." + column.column())
                .orElse("none"))
        .addKeyValue("kind", one.kind())
        .addKeyValue("action", one.action().name().toLowerCase(Locale.ROOT))
        .addKeyValue("count", one.count())
        .log("found in a result");
  }
}
