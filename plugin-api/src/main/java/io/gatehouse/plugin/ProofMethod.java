package io.gatehouse.plugin;

/** How a caller proved who it is. */
public enum ProofMethod {
  /** A password from the local users file, proved by SCRAM. */
  LOCAL_PASSWORD,
  /** A short-lived credential that the gate issued. */
  ISSUED_CREDENTIAL,
  /** A token of the identity provider, sent inside TLS, as the password or by SASL OAUTHBEARER. */
  TOKEN,
  /** A client certificate of the TLS handshake. */
  CERTIFICATE,
  /**
   * A response of a SAML identity provider, in a browser. It gets an issued credential and opens no
   * session itself, so no caller of a session has it.
   */
  SAML
}
