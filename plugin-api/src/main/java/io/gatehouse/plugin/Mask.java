package io.gatehouse.plugin;

/**
 * What replaces the values of one protected column. Made by a {@link MaskKind} when a policy is
 * loaded, used by many sessions at once: it must be thread-safe, fast, total, without side effects
 * and never wait. It keeps no value it was given.
 *
 * <p>The gate asks it for ordinary values only. What has no place in Java's types ({@link
 * Value.Special}, {@link Value.Opaque}) and an answer that the column cannot carry are replaced by
 * a fixed value of the column's type, or by NULL where the type has none.
 */
public interface Mask {

  /**
   * Its name with what may be known of its parameters, for people and for the journal; with a key's
   * id and never the key.
   */
  String label();

  /** Whether NULL stays NULL, so that the caller sees where there is a value. */
  boolean keepsNull();

  /**
   * Whether every value is replaced by the same, so that the answer tells nothing of the value.
   * Such a mask is asked once, with NULL, when it is made.
   */
  boolean valueIndependent();

  /**
   * The replacement: of the same kind as the original, or {@link Value#NULL}. If it throws, the
   * command ends in an error.
   */
  Value mask(Value original);
}
