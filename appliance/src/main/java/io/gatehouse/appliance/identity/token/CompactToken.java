package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.token.UnreadableJsonException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A token taken apart (RFC 7515 section 7.1); nothing of it is believed yet. Immutable. */
final class CompactToken {
  /** In characters, which are bytes: base64url has no others. */
  static final int MAX_LENGTH = 32 * 1_024;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Json.Members header;
  private final Json.Members claims;
  private final byte[] signed;
  private final byte[] signature;

  private CompactToken(Json.Members header, Json.Members claims, byte[] signed, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signed = signed;
    this.signature = signature;
  }

  static CompactToken parse(String token) throws RefusedTokenException {
    if (token.length() > MAX_LENGTH) {
      throw new RefusedTokenException(TokenRefusal.TOO_LONG);
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length == 5) {
      throw new RefusedTokenException(TokenRefusal.ENCRYPTED);
    }
    if (parts.length != 3) {
      throw new RefusedTokenException(TokenRefusal.NOT_COMPACT);
    }
    byte[] header = decoded(parts[0]);
    byte[] claims = decoded(parts[1]);
    byte[] signature = decoded(parts[2]);
    return new CompactToken(
        object(header),
        object(claims),
        token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII),
        signature);
  }

  /**
   * Only as an encoder writes it: the JDK's decoder drops bits that are left over, and takes
   * padding.
   */
  private static byte[] decoded(String part) throws RefusedTokenException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (ENCODER.encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: its message quotes the token.
    }
    throw new RefusedTokenException(TokenRefusal.NOT_COMPACT);
  }

  private static Json.Members object(byte[] json) throws RefusedTokenException {
    try {
      return JsonReader.object(json);
    } catch (UnreadableJsonException e) {
      throw new RefusedTokenException(refusal(e.problem()));
    }
  }

  private static TokenRefusal refusal(Problem problem) {
    return switch (problem) {
      case NOT_JSON -> TokenRefusal.NOT_JSON;
      case REPEATED_NAME -> TokenRefusal.REPEATED_NAME;
      case TOO_BIG -> TokenRefusal.TOO_BIG;
    };
  }

  Json.Members header() {
    return header;
  }

  Json.Members claims() {
    return claims;
  }

  /** What the signature is about: the first two parts as they came. Not to be written to. */
  byte[] signed() {
    return signed;
  }

  /** Not to be written to. */
  byte[] signature() {
    return signature;
  }

  @Override
  public String toString() {
    return "token";
  }
}
