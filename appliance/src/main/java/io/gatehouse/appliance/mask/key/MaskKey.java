package io.gatehouse.appliance.mask.key;

import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that masks compute with, never itself but by keys derived from it, one for each purpose.
 * Closing it wipes all of them and makes every mask fail that still uses it. Thread-safe.
 */
public final class MaskKey implements AutoCloseable {
  /** As many as the digest has. */
  public static final int LEAST_BYTES = 32;

  /** Enough for no two keys of a gate to meet, and too few to be taken for the key. */
  private static final int ID_BYTES = 6;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final String id;
  private final Secret secret;
  private final Map<String, byte[]> derived = new HashMap<>();
  private volatile boolean closed;

  private MaskKey(String id, Secret secret) {
    this.id = id;
    this.secret = secret;
  }

  /**
   * Copies the secret.
   *
   * @param id which version of the key it is; stands in the journal beside what it masked
   */
  public static MaskKey of(String id, Secret secret) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a key's id has letters, digits, dot, hyphen, underscore");
    }
    if (secret.bytes().length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "the key "
              + id
              + " has "
              + secret.bytes().length
              + " bytes and needs at least "
              + LEAST_BYTES);
    }
    return new MaskKey(id, secret.copy());
  }

  /**
   * With an id that follows from the secret and does not tell it, so that another secret has
   * another id by itself.
   */
  public static MaskKey of(Secret secret) {
    try (MaskKey unnamed = of("unnamed", secret)) {
      byte[] digest = unnamed.digest("id");
      return of(HexFormat.of().formatHex(digest, 0, ID_BYTES), secret);
    }
  }

  /** Whether it has the same secret; takes as long whatever the difference is. */
  boolean same(MaskKey other) {
    return MessageDigest.isEqual(secret.bytes(), other.secret.bytes());
  }

  public String id() {
    return id;
  }

  /** Of 32 bytes, the same for the same purpose; not a copy: do not change or keep it. */
  synchronized byte[] derive(String purpose) {
    requireOpen();
    return derived.computeIfAbsent(purpose, this::digest);
  }

  private byte[] digest(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }

  /** A mask must not go on with a key that was taken back. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the key " + id + " is closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    secret.close();
    derived.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    derived.clear();
  }

  @Override
  public String toString() {
    return "MaskKey[" + id + "]";
  }
}
