package io.gatehouse.appliance.management;

/**
 * Every metric of the gate's own. The Prometheus form of a counter ends in {@code _total}. Tags are
 * bounded: listeners, targets and limits by the configuration, reasons and kinds of findings by
 * enums, and one policy.
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
  static final String VERDICTS = "gatehouse_verdict_lookups";
  static final String VERDICT_EVICTIONS = "gatehouse_verdict_evictions";
  static final String VERDICT_ENTRIES = "gatehouse_verdicts";
  static final String VERDICT_BYTES = "gatehouse_verdict_bytes";

  /** A timer: its Prometheus names end in {@code _seconds}. */
  static final String ANALYSIS = "gatehouse_analysis";

  static final String ANALYSES_WAITING = "gatehouse_analyses_waiting";
  static final String CATALOGS = "gatehouse_catalogs";
  static final String CATALOG_AGE = "gatehouse_catalog_age_seconds";
  static final String CATALOG_CHANGES = "gatehouse_catalog_changes";
  static final String CATALOG_FAILURES = "gatehouse_catalog_failures";
  static final String CATALOG_NOTIFICATIONS = "gatehouse_catalog_notifications";
  static final String POLICY = "gatehouse_policy_rules";

  static final String FINDINGS = "gatehouse_findings";
  static final String JOURNAL_RUNNING = "gatehouse_journal_running";
  static final String JOURNAL_SIGNED = "gatehouse_journal_signed_records";
  static final String JOURNAL_SIGNED_AGE = "gatehouse_journal_signed_age_seconds";

  static final String DESK_ANSWERS = "gatehouse_desk_answers";
  static final String CREDENTIAL_READINGS = "gatehouse_credential_readings";
  static final String REVOCATIONS = "gatehouse_revocations";
  static final String REVOCATIONS_AGE = "gatehouse_revocations_age_seconds";
  static final String REVOCATIONS_KNOWN = "gatehouse_revocations_known";
  static final String BREAK_GLASS = "gatehouse_break_glass_logins";
  static final String PINS_PENDING = "gatehouse_pins_pending";
  static final String REFRESHES = "gatehouse_credential_refreshes";

  static final String TAG_LISTENER = "listener";
  static final String TAG_REASON = "reason";
  static final String TAG_LIMIT = "limit";
  static final String TAG_DIRECTION = "direction";
  static final String TAG_RESULT = "result";
  static final String TAG_TARGET = "target";
  static final String TAG_STATUS = "status";

  private MetricNames() {}
}
