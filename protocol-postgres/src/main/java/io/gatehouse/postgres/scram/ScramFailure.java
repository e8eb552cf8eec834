package io.gatehouse.postgres.scram;

/** The peer's part of the exchange is malformed or does not prove what it should. No secret. */
public final class ScramFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  /** A violation of the protocol. */
  ScramFailure(String message) {
    this("08P01", message);
  }

  /**
   * @param sqlState what PostgreSQL answers in this case (auth-scram.c)
   */
  ScramFailure(String sqlState, String message) {
    super(message, null, false, false);
    this.sqlState = sqlState;
  }

  public String sqlState() {
    return sqlState;
  }
}
