package io.gatehouse.appliance.mask.key;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under a key of its own. Thread-safe: each thread computes with a Mac of its own,
 * which goes with this object.
 */
public final class KeyedDigest {
  private static final String ALGORITHM = "HmacSHA256";

  private final MaskKey key;
  private final ThreadLocal<Mac> macs;

  /**
   * @param purpose two digests of one key for different purposes have nothing in common
   */
  public KeyedDigest(MaskKey key, String purpose) {
    this.key = key;
    key.derive(purpose);
    this.macs = ThreadLocal.withInitial(() -> mac(purpose));
  }

  private Mac mac(String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.derive(purpose), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }

  /**
   * 32 bytes.
   *
   * @param kind what sort of input it is: equal bytes of two sorts have different digests
   */
  public byte[] of(byte kind, byte[] input) {
    key.requireOpen();
    Mac mac = macs.get();
    mac.update(kind);
    return mac.doFinal(input);
  }

  @Override
  public String toString() {
    return "KeyedDigest[" + key.id() + "]";
  }
}
