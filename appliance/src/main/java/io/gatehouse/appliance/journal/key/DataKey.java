package io.gatehouse.appliance.journal.key;

import java.util.Arrays;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * A key for the payloads of one session and retention class. Used by one event loop, destroyed when
 * the session has ended. A key of its own kind because the JDK's cannot be destroyed.
 */
public final class DataKey implements SecretKey, Cover, AutoCloseable {
  static final int BYTES = 32;

  private final UUID id;
  private final UUID session;
  private final int retentionClass;
  private final transient byte[] key;
  private volatile boolean destroyed;

  /** Takes the array. */
  DataKey(UUID id, UUID session, int retentionClass, byte[] key) {
    this.id = id;
    this.session = session;
    this.retentionClass = retentionClass;
    this.key = key;
  }

  public UUID id() {
    return id;
  }

  public UUID session() {
    return session;
  }

  @Override
  public int retentionClass() {
    return retentionClass;
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /** A copy, which the cipher that asked for it wipes. */
  @Override
  public byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the data key " + id + " is destroyed");
    }
    return key.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "DataKey[" + id + "]";
  }
}
