package io.gatehouse.spi;

import java.util.Locale;

/** Why a session ended: the log field, the metric tag and the journal field. */
public enum CloseReason {
  CLIENT_TERMINATED,
  CLIENT_DISCONNECTED,
  CLIENT_VIOLATED_PROTOCOL,
  CLIENT_TOO_SLOW,
  CLIENT_IDLE,
  TLS_FAILED,
  LOGIN_TIMED_OUT,
  LOGIN_REFUSED,
  CANCEL_REQUEST,
  UPSTREAM_UNREACHABLE,
  UPSTREAM_REFUSED_LOGIN,
  UPSTREAM_DISCONNECTED,
  UPSTREAM_VIOLATED_PROTOCOL,
  LIMIT_REACHED,
  KILLED,
  REVOKED,
  EXPIRED,
  DRAINED,
  INTERNAL_FAULT;

  /** The form used in logs and metrics. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
