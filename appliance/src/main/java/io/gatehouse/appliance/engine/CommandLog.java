package io.gatehouse.appliance.engine;

import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.Submission;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One session's lines in the log. Never the text of a command, never a value: sizes, counts and
 * outcomes only. Owned by the session's event loop.
 */
final class CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.session");
  private static final Logger COMMANDS = LoggerFactory.getLogger("io.gatehouse.command");

  private final Arrival arrival;
  private final boolean commands;
  private final long opened = System.nanoTime();

  /** The length of each command that runs; bounded by the protocol's pipeline. */
  private final Map<Long, Integer> running = new HashMap<>();

  private String caller = "";
  private String target = "";
  private long executed;

  CommandLog(Arrival arrival, boolean commands) {
    this.arrival = arrival;
    this.commands = commands;
  }

  String listener() {
    return arrival.listener();
  }

  void refusedLogin(String user, String reason) {
    LOG.atWarn()
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("listener", arrival.listener())
        .addKeyValue("source", arrival.source())
        .addKeyValue("user", user)
        .addKeyValue("reason", reason)
        .log("login refused");
  }

  void unrecorded(String why) {
    LOG.atError()
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("reason", why)
        .log("not on record");
  }

  /** Not what it was proved with. */
  void breakGlass(String user) {
    LOG.atWarn()
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("listener", arrival.listener())
        .addKeyValue("source", arrival.source())
        .addKeyValue("user", user)
        .log("break-glass login: by the users file, though identity.issuers are configured");
  }

  /**
   * @param subject who was proved, whatever the user name says
   */
  void routed(LoginRequest login, Optional<String> subject, Route route) {
    switch (route) {
      case Route.To to -> {
        caller = subject.orElse("");
        target = to.upstream().target();
      }
      case Route.Refused refused ->
          LOG.atWarn()
              .addKeyValue("session", arrival.sessionId())
              .addKeyValue("caller", subject.orElse(login.user()))
              .addKeyValue("database", login.database())
              .addKeyValue("reason", refused.refusal().kind().name().toLowerCase(Locale.ROOT))
              .log("route refused");
    }
  }

  void connected(String backend, UUID id) {
    LOG.atInfo()
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("id", id)
        .addKeyValue("listener", arrival.listener())
        .addKeyValue("source", arrival.source())
        .addKeyValue("caller", caller)
        .addKeyValue("target", target)
        .addKeyValue("backend", backend)
        .log("session ready");
  }

  void submitted(Submission submission) {
    if (!commands) {
      return;
    }
    int length = length(submission);
    switch (submission.stage()) {
      case PREPARE ->
          COMMANDS
              .atDebug()
              .addKeyValue("session", arrival.sessionId())
              .addKeyValue("sequence", submission.sequence())
              .addKeyValue("stage", "prepare")
              .addKeyValue("length", length)
              .log("command allowed");
      case EXECUTE -> running.put(submission.sequence(), length);
    }
  }

  /** What was refused, and by which rule: part of the refusal's words, which hold no literal. */
  void refused(Submission submission, Refusal refusal) {
    COMMANDS
        .atWarn()
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("sequence", submission.sequence())
        .addKeyValue("stage", submission.stage().name().toLowerCase(Locale.ROOT))
        .addKeyValue("caller", caller)
        .addKeyValue("target", target)
        .addKeyValue("length", length(submission))
        .addKeyValue("reason", refusal.message())
        .log("command refused");
  }

  private static int length(Submission submission) {
    int length = 0;
    for (CommandForm form : submission.commands()) {
      length +=
          switch (form) {
            case CommandForm.Sql sql -> sql.text().readableBytes();
            case CommandForm.Call call -> call.message().bytes().length;
            case CommandForm.Named _, CommandForm.FunctionCall _ -> 0;
          };
    }
    return length;
  }

  void withdrawn(long sequence) {
    running.remove(sequence);
  }

  void outcome(
      long sequence,
      OutcomeKind kind,
      long rows,
      long bytes,
      long nanos,
      @Nullable String errorCode) {
    executed++;
    Integer length = running.remove(sequence);
    if (length == null) {
      return;
    }
    COMMANDS
        .atInfo()
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("sequence", sequence)
        .addKeyValue("stage", "execute")
        .addKeyValue("caller", caller)
        .addKeyValue("target", target)
        .addKeyValue("length", length)
        .addKeyValue("outcome", kind.name().toLowerCase(Locale.ROOT))
        .addKeyValue("code", errorCode == null ? "none" : errorCode)
        .addKeyValue("rows", rows)
        .addKeyValue("bytes", bytes)
        .addKeyValue("micros", nanos / 1_000)
        .log("command");
  }

  void closed(CloseReason reason) {
    // A flood of connections that never log in is counted, not written down one by one.
    LOG.atLevel(caller.isEmpty() ? Level.DEBUG : Level.INFO)
        .addKeyValue("session", arrival.sessionId())
        .addKeyValue("caller", caller.isEmpty() ? "none" : caller)
        .addKeyValue("reason", reason.tag())
        .addKeyValue("commands", executed)
        .addKeyValue("seconds", (System.nanoTime() - opened) / 1_000_000_000)
        .log("session closed");
  }
}
