package io.gatehouse.postgres.oauth;

/** The client's message is malformed. Nothing of a token is in it. */
public final class OAuthFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sqlState;
  private final String detail;

  /** A violation of the protocol. */
  OAuthFailure(String detail) {
    this("08P01", "malformed OAUTHBEARER message", detail);
  }

  /**
   * @param sqlState what PostgreSQL answers in this case (auth-oauth.c)
   * @param detail empty for none
   */
  OAuthFailure(String sqlState, String message, String detail) {
    super(message, null, false, false);
    this.sqlState = sqlState;
    this.detail = detail;
  }

  public String sqlState() {
    return sqlState;
  }

  /** Empty for none. */
  public String detail() {
    return detail;
  }
}
