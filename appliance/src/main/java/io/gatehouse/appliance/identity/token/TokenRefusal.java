package io.gatehouse.appliance.identity.token;

import java.util.Locale;

/** Why a token was refused: for the log and the journal, never for the caller. */
public enum TokenRefusal {
  TOO_LONG("it is longer than 32 KiB"),
  NOT_COMPACT("it is not three parts in base64url without padding"),
  NOT_JSON("its header or its claims are not a JSON object"),
  REPEATED_NAME("a name stands twice in its header or its claims"),
  TOO_BIG("its header or its claims are too deep or have too many values"),
  ENCRYPTED("it is encrypted"),
  UNSIGNED("its algorithm is none, or its signature is empty"),
  SYMMETRIC("its algorithm is one with a shared secret"),
  ALGORITHM_UNKNOWN("its algorithm is missing or not known"),
  ALGORITHM_NOT_ALLOWED("its algorithm is not allowed for its issuer"),
  HEADER_NOT_ALLOWED("its header has a critical parameter, b64, cty or zip"),
  KEY_IN_HEADER("its header brings a key or says where one is"),
  KEY_ID_MISSING("its header has no usable key id"),
  TYPE_NOT_ALLOWED("its header has a type that is not allowed for its issuer, or none"),
  ISSUER_MISSING("it does not say its issuer"),
  ISSUER_UNKNOWN("its issuer is not configured"),
  KEYS_UNAVAILABLE("the keys of its issuer could not be fetched yet"),
  KEYS_OUTDATED("the keys of its issuer could not be fetched for longer than an outage may last"),
  KEY_UNKNOWN("its issuer publishes no such key"),
  KEY_UNUSABLE("its issuer publishes the key, but it cannot be used: the log says why"),
  KEY_UNFIT("its algorithm and its key do not fit each other"),
  SIGNATURE_WRONG("its signature is not that of the key"),
  TIME_INVALID("a time of it is not a number or makes no sense"),
  EXPIRY_MISSING("it does not say when it expires"),
  EXPIRED("it has expired"),
  NOT_YET_VALID("it is not valid yet"),
  ISSUED_LATER("it was issued in the future"),
  ISSUE_MISSING("it does not say when it was issued, and its age is limited"),
  TOO_OLD("it was issued too long ago"),
  AUDIENCE_MISSING("it does not say for whom it is"),
  AUDIENCE_WRONG("it is not for this gate"),
  CLIENT_WRONG("it was not issued for a client that is allowed"),
  ID_TOKEN("it is an ID token"),
  OTHER_KIND("it is neither an access token nor an ID token"),
  BOUND_TO_KEY("it is bound to a key of its client"),
  SUBJECT_MISSING("it does not say who it is about"),
  SUBJECT_INVALID("who it is about is not a usable name"),
  GROUPS_ELSEWHERE("it says where to ask for groups instead of naming them"),
  GROUPS_INVALID("its groups are not an array of usable names"),
  ACTOR_INVALID("the agent it names cannot be understood"),
  NOT_A_LOGOUT("it is no logout token: its event is missing or another, or it has a nonce"),
  ID_MISSING("it is a logout token without an id"),
  LIVES_TOO_LONG("it is a logout token that is good for longer than an hour"),
  SEEN_BEFORE("it is a logout token that came before"),
  BUSY("too many tokens are being checked"),
  FAILED("the check failed unexpectedly: the log says where");

  private final String meaning;

  TokenRefusal(String meaning) {
    this.meaning = meaning;
  }

  /** A half-sentence about the token for the person who reads the log. */
  public String meaning() {
    return meaning;
  }

  /** The name in logs, the journal and the docs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
