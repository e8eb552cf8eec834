package io.gatehouse.plugin.secret;

import java.util.Arrays;
import java.util.Optional;

/** A secret on its way from a source to the gate, which closes it. Used by one thread. */
public final class FetchedSecret implements AutoCloseable {
  private final byte[] bytes;
  private final Optional<String> user;
  private final Term term;

  private FetchedSecret(byte[] bytes, Optional<String> user, Term term) {
    this.bytes = bytes;
    this.user = user;
    this.term = term;
  }

  /** Takes the array over: the gate wipes it. */
  public static FetchedSecret of(byte[] bytes, Term term) {
    return new FetchedSecret(bytes, Optional.empty(), term);
  }

  /** The same secret of a user that the source names. */
  public FetchedSecret ofUser(String name) {
    return new FetchedSecret(bytes, Optional.of(name), term);
  }

  /** The secret itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whose it is, if the source says so. */
  public Optional<String> user() {
    return user;
  }

  public Term term() {
    return term;
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "FetchedSecret[redacted]";
  }
}
