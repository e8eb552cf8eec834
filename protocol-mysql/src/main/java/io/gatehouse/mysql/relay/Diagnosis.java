package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.mysql.message.SessionChange;
import io.gatehouse.spi.Diagnostics;
import java.util.List;
import java.util.Set;

/**
 * Errors and ends of which the client may read a part only. MySQL's errors have one text, which
 * quotes values as it likes, so that there is none without them.
 */
final class Diagnosis {
  private static final String WORDS =
      "the statement failed; the server's message could quote protected values."
          + " The code says what kind of error it was.";

  /** What drivers go by, and what nobody can set to a value of a row without naming it. */
  private static final Set<String> TOLD =
      Set.of(
          "autocommit",
          "character_set_client",
          "character_set_connection",
          "character_set_results");

  private Diagnosis() {}

  static ErrPacket of(ErrPacket error) {
    return new ErrPacket(error.code(), error.sqlState(), WORDS);
  }

  /**
   * Without what the server says for people, and without settings, which a statement can fill with
   * any value. The last number given to a row can be set by LAST_INSERT_ID to any value too.
   */
  static OkPacket of(OkPacket ok, Diagnostics diagnostics) {
    List<SessionChange> changes = ok.changes().stream().filter(Diagnosis::told).toList();
    int changed = ServerStatus.SESSION_STATE_CHANGED;
    return new OkPacket(
        ok.header(),
        ok.affectedRows(),
        diagnostics == Diagnostics.CODE_ONLY ? 0 : ok.lastInsertId(),
        changes.isEmpty() ? ok.status() & ~changed : ok.status(),
        ok.warnings(),
        ok.info() == null ? null : "",
        changes);
  }

  private static boolean told(SessionChange change) {
    return switch (change) {
      case SessionChange.Schema _ -> true;
      case SessionChange.Variables(var settings) ->
          settings.stream().allMatch(setting -> TOLD.contains(setting.name()));
      case SessionChange.Other _ -> false;
    };
  }
}
