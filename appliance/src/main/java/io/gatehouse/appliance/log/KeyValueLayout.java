package io.gatehouse.appliance.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line: {@code ts=… level=… logger=… event="…" key=value …}. What a caller typed can
 * neither end a line nor look like another key. Stack traces, at DEBUG only, are escaped into the
 * line as well.
 */
public final class KeyValueLayout extends LayoutBase<ILoggingEvent> {
  private static final int LONGEST_VALUE = 4_096;

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    line.append("ts=").append(event.getInstant());
    line.append(" level=").append(event.getLevel());
    line.append(" logger=").append(shortName(event.getLoggerName()));
    pair(line, "event", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> pair(line, pair.key, String.valueOf(pair.value)));
    }
    if (event.getThrowableProxy() != null) {
      pair(line, "error", String.valueOf(event.getThrowableProxy().getMessage()));
      pair(line, "fault", event.getThrowableProxy().getClassName());
      if (org.slf4j.LoggerFactory.getLogger(event.getLoggerName()).isDebugEnabled()) {
        pair(line, "trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    return line.append('\n').toString();
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void pair(StringBuilder line, String key, String value) {
    line.append(' ').append(key).append('=');
    if (plain(value)) {
      line.append(value);
    } else {
      quote(line, value);
    }
  }

  private static boolean plain(String value) {
    if (value.isEmpty() || value.length() > LONGEST_VALUE) {
      return false;
    }
    return value.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '=' && c != '\\');
  }

  private static void quote(StringBuilder line, String value) {
    line.append('"');
    int end = Math.min(value.length(), LONGEST_VALUE);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c == '\n') {
        line.append("\\n");
      } else if (escaped(c)) {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    line.append(end < value.length() ? "…\"" : "\"");
  }

  /** Control characters, and those that change how a terminal shows the rest of the line. */
  private static boolean escaped(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
