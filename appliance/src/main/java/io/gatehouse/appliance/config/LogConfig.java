package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * What is logged.
 *
 * @param level the least level of the gate's own messages
 * @param commands whether each command is a line of the log
 */
public record LogConfig(Level level, boolean commands) {

  public static final LogConfig DEFAULTS = new LogConfig(Level.INFO, true);

  private static final Map<String, Level> LEVELS =
      Map.of(
          "error", Level.ERROR,
          "warn", Level.WARN,
          "info", Level.INFO,
          "debug", Level.DEBUG,
          "trace", Level.TRACE);

  static LogConfig read(Section section) {
    return new LogConfig(
        section.find("level", item -> item.oneOf(LEVELS)).orElse(DEFAULTS.level),
        section.find("commands", Item::flag).orElse(DEFAULTS.commands));
  }
}
