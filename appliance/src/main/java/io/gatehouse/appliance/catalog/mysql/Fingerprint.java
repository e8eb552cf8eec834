package io.gatehouse.appliance.catalog.mysql;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Tells one set of rows from another: how many there are, and sums over parts of their hashes. The
 * server makes it in the same way ({@link Statements#fingerprint}), so that rows need not travel to
 * be compared.
 */
final class Fingerprint {
  private static final int PARTS = 4;
  private static final int DIGITS = 15;
  private static final int RADIX = 16;

  private Fingerprint() {}

  /**
   * @param hashes of 64 hexadecimal digits
   */
  static String of(Collection<String> hashes) {
    List<BigInteger> sums = new ArrayList<>(Collections.nCopies(PARTS, BigInteger.ZERO));
    for (String hash : hashes) {
      for (int part = 0; part < PARTS; part++) {
        String digits = hash.substring(part * DIGITS, (part + 1) * DIGITS);
        sums.set(part, sums.get(part).add(BigInteger.valueOf(Long.parseLong(digits, RADIX))));
      }
    }
    StringBuilder text = new StringBuilder().append(hashes.size());
    sums.forEach(sum -> text.append(':').append(sum));
    return text.toString();
  }
}
