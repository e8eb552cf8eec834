package io.gatehouse.mcp.login;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token of a request. Only its digest is kept: two requests are of one login by that. */
public final class BearerToken {
  /** RFC 9110, section 11.1: the scheme is in any case. */
  private static final String SCHEME = "bearer ";

  private final byte[] token;
  private final byte[] digest;

  private BearerToken(byte[] token) {
    this.token = token;
    this.digest = sha256(token);
  }

  /** Empty if the request shows none (RFC 6750, section 2.1). */
  public static Optional<BearerToken> of(Headers headers) {
    String value = headers.first("authorization").orElse("");
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String token = value.substring(SCHEME.length()).strip();
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(new BearerToken(token.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** For one use: the caller closes it. */
  public Secret secret() {
    return Secret.of(token.clone());
  }

  /** To be kept in the place of the token. */
  public Digest digest() {
    return new Digest(digest);
  }

  /** SHA-256 of a token. */
  public static final class Digest {
    private final byte[] bytes;

    private Digest(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Digest[redacted]";
    }
  }

  @Override
  public String toString() {
    return "BearerToken[redacted]";
  }
}
