package io.gatehouse.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something was refused, for the person who reads the error. Each protocol maps the kind to its
 * own codes in one place.
 *
 * @param kind the category
 * @param message what happened, in one sentence; never a secret, never a protected value
 * @param detail which rule or limit
 * @param hint what to do next
 * @param code what the server itself calls it, where that is why; instead of the kind's code
 */
public record Refusal(
    Kind kind,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable String code) {

  /** Categories that a protocol can tell apart. */
  public enum Kind {
    /** Who are you: unknown, wrong proof, expired. */
    IDENTITY,
    /** The named database or target is not served here. */
    UNKNOWN_TARGET,
    /** A rule says no. */
    POLICY,
    /** The command was not understood, so it does not run. */
    NOT_UNDERSTOOD,
    /** A limit was reached. */
    LIMIT,
    /** The client took it back. */
    WITHDRAWN,
    /** Something the gate needs (upstream, journal, identity provider) is not there. */
    UNAVAILABLE,
    /** An operator ended it. */
    KILLED,
    /** The protocol feature is not served here. */
    UNSUPPORTED,
    /** A fault of the gate. */
    INTERNAL
  }

  public Refusal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
  }

  public static Refusal of(Kind kind, String message) {
    return new Refusal(kind, message, null, null, null);
  }

  /**
   * The server does not describe a statement, so it would not have run it either.
   *
   * @param newCode the server's; null if it said none
   */
  public static Refusal undescribed(@Nullable String newCode) {
    return new Refusal(
        Kind.UNAVAILABLE,
        "the database server did not describe the result, without which nothing of it is shown",
        null,
        newCode == null ? "Try again." : "The SQLSTATE says what kind of error it was.",
        newCode);
  }

  public Refusal withHint(String newHint) {
    return new Refusal(kind, message, detail, newHint, code);
  }

  public Refusal withDetail(String newDetail) {
    return new Refusal(kind, message, newDetail, hint, code);
  }
}
