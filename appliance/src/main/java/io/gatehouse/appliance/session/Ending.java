package io.gatehouse.appliance.session;

import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;

/**
 * Why a session ends, in words for who has it.
 *
 * @param code for the log and the record of a login that is refused for it
 */
record Ending(String code, CloseReason reason, Refusal words) {
  private static final String AGAIN = "Log in again.";
  private static final String ASK =
      "Log in again; if that is refused, ask the administrator of the gateway.";

  static final Ending EXPIRED =
      new Ending(
          "expired",
          CloseReason.EXPIRED,
          words("what proved your identity has expired").withHint(AGAIN));

  static final Ending UNCONFIRMED =
      new Ending(
          "unconfirmed",
          CloseReason.REVOKED,
          words("the identity provider has not confirmed your groups for too long")
              .withHint(AGAIN));

  private static final Ending REGROUPED =
      new Ending(
          "groups changed", CloseReason.REVOKED, words("your groups have changed").withHint(AGAIN));

  static Ending of(Revocation revocation) {
    return switch (revocation) {
      case Revocation.OfCaller caller ->
          revoked("an administrator ended the sessions of \"" + caller.name() + "\"");
      case Revocation.OfCredential _ -> revoked("the credential that opened it was revoked");
      case Revocation.OfToken _ -> revoked("the token that opened it was revoked");
      case Revocation.OfSignOn _, Revocation.OfProviderSubject _ ->
          revoked("you were logged out at the identity provider");
      case Revocation.OfGroups _ -> REGROUPED;
      case Revocation.OfSession _ ->
          new Ending(
              "killed",
              CloseReason.KILLED,
              words("an administrator ended this session").withHint(ASK));
    };
  }

  private static Ending revoked(String why) {
    return new Ending("revoked", CloseReason.REVOKED, words(why).withHint(ASK));
  }

  private static Refusal words(String why) {
    return Refusal.of(Refusal.Kind.KILLED, "terminating connection: " + why);
  }

  /** The same for one that has not begun. */
  Refusal refusal() {
    return Refusal.of(Refusal.Kind.IDENTITY, words.message()).withHint(ASK);
  }
}
