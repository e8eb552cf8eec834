package io.gatehouse.postgres.oauth;

import io.gatehouse.spi.login.Secret;

/** The messages of a client. */
public final class OAuthBearer {
  public static final String MECHANISM = "OAUTHBEARER";

  private OAuthBearer() {}

  /**
   * Reads the client's first message.
   *
   * @param message the caller wipes it
   * @return the token; empty if the client asks where to get one, and if what it shows has not the
   *     form of one. PostgreSQL answers both alike
   */
  public static Secret token(byte[] message) throws OAuthFailure {
    requireText(message);
    ResponseReader reader = new ResponseReader(message);
    reader.skipGs2Header();
    ResponseReader.Span auth = reader.auth();
    if (auth == null) {
      throw new OAuthFailure("Message does not contain an auth value.");
    }
    if (!reader.atEnd()) {
      throw new OAuthFailure("Message contains additional data after the final terminator.");
    }
    return BearerHeader.token(message, auth.from(), auth.to());
  }

  /** The client's second message says that it has read why it fails (RFC 7628, section 3.2.3). */
  public static void requireAcknowledgement(byte[] message) throws OAuthFailure {
    requireText(message);
    if (message.length != 1 || message[0] != ResponseReader.SEPARATOR) {
      throw new OAuthFailure("Client did not send a kvsep response.");
    }
  }

  private static void requireText(byte[] message) throws OAuthFailure {
    if (message.length == 0) {
      throw new OAuthFailure("The message is empty.");
    }
    for (byte character : message) {
      if (character == 0) {
        throw new OAuthFailure("Message length does not match input length.");
      }
    }
  }
}
