package io.gatehouse.appliance.management;

/**
 * Every metric of the gate's own. The Prometheus form of a counter ends in {@code _total}. Tags are
 * bounded: listeners and limits by the configuration, reasons by an enum.
 */
final class MetricNames {
  static final String ACCEPTED = "gatehouse_connections_accepted";
  static final String LOGINS = "gatehouse_logins";
  static final String CLOSED = "gatehouse_connections_closed";
  static final String SESSIONS = "gatehouse_sessions";
  static final String LIMIT = "gatehouse_limit";
  static final String LIMIT_REACHED = "gatehouse_limit_reached";
  static final String BYTES = "gatehouse_bytes";
  static final String CANCELS = "gatehouse_cancels";
  static final String RELOADS = "gatehouse_reloads";
  static final String CERTIFICATE_EXPIRES = "gatehouse_certificate_expires_timestamp_seconds";
  static final String USERS = "gatehouse_users";

  static final String TAG_LISTENER = "listener";
  static final String TAG_REASON = "reason";
  static final String TAG_LIMIT = "limit";
  static final String TAG_DIRECTION = "direction";
  static final String TAG_RESULT = "result";

  private MetricNames() {}
}
