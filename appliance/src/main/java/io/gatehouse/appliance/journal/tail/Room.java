package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.record.Kind;

/** How much of the last space in a file a record may take. */
enum Room {
  /** What may be refused: begins something. */
  COMMANDS,
  /** What is not sent if it is not written, and can wait: leaves room for all others. */
  RESULTS,
  /** What must be said of things that have begun. */
  COMPLETIONS,
  /** Why nothing more is written. */
  LAST_WORDS;

  /** Whether it is taken while the journal has stopped. */
  boolean admittedAfter(StopReason reason) {
    return switch (this) {
      case COMMANDS -> false;
      // What a command that ran has to say, as long as there is room for it.
      case RESULTS -> reason == StopReason.NO_SPACE || reason == StopReason.TOO_FAST;
      case COMPLETIONS, LAST_WORDS -> true;
    };
  }

  static Room of(Kind kind) {
    return switch (kind) {
      case RECORDER_STARTED,
          SESSION_OPENED,
          LOGIN_REFUSED,
          COMMAND_INTENT,
          PART,
          DECISION_INPUTS,
          ADMINISTRATION,
          READING,
          ENTITLEMENTS,
          CREDENTIAL_ISSUED ->
          COMMANDS;
      case RECOVERED,
          PRUNED,
          HOLD,
          KEY_EVENT,
          TIME,
          COMMAND_OUTCOME,
          SESSION_CLOSED,
          CHANGED,
          CREDENTIAL_REVOKED,
          CREDENTIAL_REFRESHED,
          CREDENTIAL_WITHDRAWN,
          LOGGED_OUT ->
          COMPLETIONS;
      case RESULT -> RESULTS;
      case RECORDER_STOPPED, GAP -> LAST_WORDS;
    };
  }
}
