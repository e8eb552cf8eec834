package io.gatehouse.appliance.journal.record;

import static io.gatehouse.appliance.journal.record.Field.bytes;
import static io.gatehouse.appliance.journal.record.Field.flag;
import static io.gatehouse.appliance.journal.record.Field.number;
import static io.gatehouse.appliance.journal.record.Field.rows;
import static io.gatehouse.appliance.journal.record.Field.text;
import static io.gatehouse.appliance.journal.record.Field.texts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of records. Fields are only ever added, at the end. */
public enum Kind {
  RECORDER_STARTED(
      1,
      Payload.SECRET,
      text("software"),
      text("node-name"),
      text("sync"),
      text("configuration"),
      text("policy")),
  RECORDER_STOPPED(2, Payload.SECRET, text("reason")),
  RECOVERED(
      3,
      Payload.CLEAR,
      rows("holes"),
      number("unsealed"),
      texts("torn"),
      text("sync"),
      flag("restarted"),
      number("queues")),
  GAP(
      4,
      Payload.CLEAR,
      rows("holes"),
      number("from"),
      number("until"),
      text("reason"),
      number("refused")),
  PRUNED(5, Payload.CLEAR, number("class"), rows("keys"), texts("operators"), text("order")),
  HOLD(
      6,
      Payload.CLEAR,
      text("name"),
      flag("placed"),
      texts("operators"),
      number("from"),
      number("until"),
      texts("sessions"),
      text("order")),
  KEY_EVENT(7, Payload.CLEAR, text("action"), text("key"), text("purpose"), text("algorithm")),
  TIME(8, Payload.CLEAR, text("source"), flag("synchronized"), number("offset"), number("error")),
  SESSION_OPENED(
      16,
      Payload.SECRET,
      number("number"),
      text("subject"),
      texts("groups"),
      text("method"),
      text("actor"),
      text("login"),
      text("source"),
      text("listener"),
      text("target"),
      text("database"),
      text("account"),
      text("role"),
      text("software"),
      text("tls"),
      text("certificate"),
      text("backend"),
      text("issuer"),
      text("token"),
      flag("break-glass"),
      text("kind"),
      text("protocol")),
  LOGIN_REFUSED(
      17,
      Payload.SECRET,
      number("number"),
      text("login"),
      text("source"),
      text("listener"),
      text("database"),
      text("reason")),
  COMMAND_INTENT(
      18,
      Payload.SECRET,
      number("submission"),
      text("stage"),
      text("form"),
      bytes("text"),
      number("prepared-by"),
      text("name"),
      rows("binds"),
      text("operation"),
      rows("accesses"),
      texts("traits"),
      text("fingerprint"),
      text("verdict"),
      text("rule"),
      text("policy"),
      text("reason"),
      text("results"),
      number("parts")),
  COMMAND_OUTCOME(
      19,
      Payload.SECRET,
      text("outcome"),
      number("rows"),
      number("bytes"),
      number("nanos"),
      text("code"),
      rows("masks"),
      rows("findings")),
  RESULT(20, Payload.SECRET, number("part"), flag("last"), bytes("data"), flag("from-caller")),
  SESSION_CLOSED(
      21, Payload.SECRET, text("reason"), number("commands"), number("refused"), number("nanos")),
  DECISION_INPUTS(
      22,
      Payload.SECRET,
      number("catalog"),
      texts("search-path"),
      text("role"),
      text("transaction"),
      text("encoding")),
  /** Of an intent that is longer than a payload may be. Its payload is bytes, not fields. */
  PART(23, Payload.SECRET),
  CHANGED(
      33,
      Payload.SECRET,
      text("what"),
      text("before"),
      text("after"),
      text("actor"),
      text("approver"),
      text("difference")),
  ADMINISTRATION(34, Payload.SECRET, text("actor"), text("source"), text("action"), text("result")),
  READING(
      35,
      Payload.SECRET,
      text("actor"),
      text("action"),
      texts("arguments"),
      number("records"),
      text("result")),
  ENTITLEMENTS(36, Payload.SECRET, text("policy"), rows("entries")),
  CREDENTIAL_ISSUED(
      40,
      Payload.SECRET,
      text("name"),
      text("subject"),
      texts("groups"),
      text("actor"),
      text("issuer"),
      text("token"),
      number("expires"),
      text("source"),
      text("method")),
  CREDENTIAL_REVOKED(41, Payload.SECRET, text("name"), text("subject"), text("source")),
  CREDENTIAL_REFRESHED(
      42, Payload.SECRET, text("name"), text("subject"), texts("before"), texts("groups")),
  CREDENTIAL_WITHDRAWN(43, Payload.SECRET, text("name"), text("subject"), text("reason")),
  LOGGED_OUT(
      44,
      Payload.SECRET,
      text("issuer"),
      text("subject"),
      text("session"),
      text("token"),
      text("source"));

  /** Whether a payload says anything of commands and people. */
  public enum Payload {
    SECRET,
    CLEAR
  }

  private static final Kind[] BY_CODE = new Kind[256];

  static {
    for (Kind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;
  private final Payload payload;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<Field> fields;

  Kind(int code, Payload payload, Field... fields) {
    this.code = code;
    this.payload = payload;
    this.fields = List.copyOf(Arrays.asList(fields));
  }

  /** Of a row of the journal; empty if no kind has it. */
  public static Optional<Kind> of(int code) {
    return code < 0 || code >= BY_CODE.length
        ? Optional.empty()
        : Optional.ofNullable(BY_CODE[code]);
  }

  public int code() {
    return code;
  }

  public Payload payload() {
    return payload;
  }

  public List<Field> fields() {
    return fields;
  }

  /** For people: {@code command-intent}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
