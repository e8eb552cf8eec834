package io.gatehouse.appliance.identity.saml;

import java.util.Locale;

/** Why a response was refused: for the log, never for the browser. */
public enum SamlRefusal {
  FORM("the form is not one SAMLResponse and at most one RelayState"),
  BASE64("it is not base64"),
  NOT_XML("it is not XML 1.0 in UTF-8, or too deep or too wide"),
  MARKUP("it has a document type, a comment, CDATA or a processing instruction"),
  STRUCTURE("it has an element or an attribute where none may be, or lacks one that must be"),
  VERSION("it is not of SAML 2.0"),
  REPEATED_ID("two of its elements have one id"),
  ENCRYPTED("a part of it is encrypted"),
  STATUS("the provider says that the login failed"),
  ASSERTION_MISSING("it has no assertion"),
  SEVERAL_ASSERTIONS("it has more than one assertion"),
  UNSIGNED("neither it nor its assertion is signed"),
  SIGNATURE_FORM("a signature has not the one form that is understood"),
  ALGORITHM("a signature is by an algorithm that is not allowed"),
  TRANSFORM("a signature transforms what it signs in a way that is not allowed"),
  SIGNATURE_WRONG("a signature is not that of a configured key over what is there"),
  ISSUER("it is not from the configured provider"),
  DESTINATION("it is for another place"),
  UNSOLICITED("it does not say which request it answers"),
  REQUEST_UNKNOWN("it answers no request of this gate that is still open"),
  REQUEST_DIFFERS("its parts answer different requests"),
  CONFIRMATION("its subject is not confirmed in the one way that is understood"),
  RECIPIENT("its subject is confirmed for another place"),
  CONDITIONS_MISSING("it has no conditions"),
  CONDITION_UNKNOWN("it has a condition that is not known"),
  AUDIENCE("it is not for this gate"),
  TIME_INVALID("a time of it makes no sense"),
  NOT_YET_VALID("it is not valid yet"),
  EXPIRED("it has expired"),
  ISSUED_LATER("it was issued in the future"),
  ISSUED_BEFORE_REQUEST("it was issued before it was asked for"),
  STATEMENT_MISSING("it does not say that somebody logged in"),
  SESSION_OVER("the session at the provider is over"),
  SUBJECT_MISSING("it does not say who it is about"),
  SUBJECT_INVALID("who it is about is not one usable name"),
  SUBJECT_TRANSIENT("who it is about has another name at each login"),
  GROUPS_INVALID("its groups are not usable names"),
  REPLAYED("it, or its request, was used already"),
  REPLAY_MEMORY_FULL("too many assertions are remembered"),
  BUSY("too many responses are being checked"),
  FAILED("the check failed unexpectedly: the log says where");

  private final String meaning;

  SamlRefusal(String meaning) {
    this.meaning = meaning;
  }

  /** A half-sentence about the response for the person who reads the log. */
  public String meaning() {
    return meaning;
  }

  /** The name in logs and the docs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
