package io.gatehouse.appliance.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log as a whole. */
public final class Logging {
  private Logging() {}

  /** The level of the gate's own loggers; libraries stay at what logback.xml says. */
  public static void level(Level level) {
    if (LoggerFactory.getLogger("io.gatehouse") instanceof Logger own) {
      own.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
    }
  }

  /** Writes what is still queued; the end of the process. */
  public static void finish() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }
}
