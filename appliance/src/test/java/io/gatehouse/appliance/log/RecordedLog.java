package io.gatehouse.appliance.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, at TRACE, in the form of the real layout. */
public final class RecordedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final KeyValueLayout layout = new KeyValueLayout();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.gatehouse");
  private final Level rootLevel = root.getLevel();
  private final Level ownLevel = own.getLevel();

  private RecordedLog() {}

  public static RecordedLog atTrace() {
    RecordedLog log = new RecordedLog();
    log.setContext(log.root.getLoggerContext());
    log.start();
    log.root.setLevel(Level.TRACE);
    log.own.setLevel(Level.TRACE);
    log.root.addAppender(log);
    return log;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(layout.doLayout(event).strip());
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(rootLevel);
    own.setLevel(ownLevel);
  }
}
