package io.gatehouse.appliance.control;

import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Sha256;

/**
 * What proves one password, for each wire it may come by. None of them lets anybody log in who has
 * not also read a login of that password off the wire, which is inside TLS.
 *
 * @param scram for SCRAM-SHA-256 (RFC 5803)
 * @param cachingSha2 SHA-256(SHA-256(password)): what a MySQL server keeps in memory for the fast
 *     path of caching_sha2_password, and checks the clear-text path against
 * @param bearer SHA-256 of the name, a full stop and the password
 */
@SuppressWarnings("ArrayRecordComponent") // never compared but in constant time
public record Verifiers(ScramVerifier scram, byte[] cachingSha2, byte[] bearer) {
  public Verifiers {
    if (cachingSha2.length != Sha256.BYTES || bearer.length != Sha256.BYTES) {
      throw new IllegalArgumentException("a digest has " + Sha256.BYTES + " bytes");
    }
  }

  @Override
  public String toString() {
    return "Verifiers[redacted]";
  }
}
