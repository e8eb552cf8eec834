package io.gatehouse.appliance.mask.key;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Replaces digits by as many other digits, one to one: FF1 of NIST SP 800-38G with AES-256.
 * Thread-safe: each thread computes with an engine of its own, which goes with this object.
 */
public final class DigitCipher {
  /** SP 800-38G Rev. 1, 5.2: the domain has at least a million elements. */
  public static final int LEAST_DIGITS = 6;

  public static final int MOST_DIGITS = 100;

  private static final int RADIX = 10;

  private final MaskKey key;
  private final ThreadLocal<FPEFF1Engine> engines;

  /**
   * @param scope the tweak: equal digits of different scopes become different ones
   */
  public DigitCipher(MaskKey key, String purpose, String scope) {
    this.key = key;
    key.derive(purpose);
    byte[] tweak = scope.getBytes(StandardCharsets.UTF_8);
    this.engines = ThreadLocal.withInitial(() -> engine(purpose, tweak));
  }

  private FPEFF1Engine engine(String purpose, byte[] tweak) {
    FPEFF1Engine engine = new FPEFF1Engine();
    engine.init(true, new FPEParameters(new KeyParameter(key.derive(purpose)), RADIX, tweak));
    return engine;
  }

  /** Overwrites them. Each is 0 to 9, and there are as many as the limits allow. */
  public void encrypt(byte[] digits) {
    if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) {
      throw new IllegalArgumentException(digits.length + " digits cannot be encrypted");
    }
    key.requireOpen();
    engines.get().processBlock(digits, 0, digits.length, digits, 0);
  }

  @Override
  public String toString() {
    return "DigitCipher[" + key.id() + "]";
  }
}
