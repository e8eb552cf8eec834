package io.gatehouse.mysql.value;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which character set a collation's number stands for. The numbers are those of the servers'
 * sources (MySQL's strings/ and MariaDB's include/m_ctype.h), and grow with versions: one that is
 * not known is of no character set that is read.
 */
public final class Collations {
  /** A collation of bytes. */
  static final int BINARY = 63;

  /** What every client can be given: utf8mb4_general_ci. */
  static final int UTF8MB4 = 45;

  private static final Set<Integer> LATIN1 = Set.of(5, 8, 15, 31, 47, 48, 49, 94);
  private static final Set<Integer> ASCII = Set.of(11, 65);

  /** MariaDB's collations that do not pad: the number of the one that does, and this. */
  private static final int NO_PAD = 0x400;

  /** MariaDB's of UCA 14: a block for each character set. */
  private static final int UCA14 = 0x800;

  private static final int UCA14_BLOCK = 0x100;

  private Collations() {}

  /** Whether text of this collation is UTF-8. */
  public static boolean utf8(int collation) {
    TextEncoding encoding = encoding(collation);
    return encoding == TextEncoding.UTF8MB4 || encoding == TextEncoding.UTF8MB3;
  }

  /** Null for those that are not read, and for bytes. */
  static @Nullable TextEncoding encoding(int collation) {
    int base = collation >= NO_PAD && collation < UCA14 ? collation - NO_PAD : collation;
    if (LATIN1.contains(base)) {
      return TextEncoding.LATIN1;
    }
    if (ASCII.contains(base)) {
      return TextEncoding.ASCII;
    }
    if (utf8mb3(base)) {
      return TextEncoding.UTF8MB3;
    }
    return utf8mb4(base) ? TextEncoding.UTF8MB4 : null;
  }

  private static boolean utf8mb3(int collation) {
    return collation == 33
        || collation == 76
        || collation == 83
        || (collation >= 192 && collation <= 215)
        || collation == 223
        || (collation >= 576 && collation <= 578)
        || (collation >= UCA14 && collation < UCA14 + UCA14_BLOCK);
  }

  private static boolean utf8mb4(int collation) {
    return collation == UTF8MB4
        || collation == 46
        || (collation >= 224 && collation <= 247)
        || (collation >= 255 && collation <= 323)
        || (collation >= 608 && collation <= 610)
        || (collation >= UCA14 + UCA14_BLOCK && collation < UCA14 + 2 * UCA14_BLOCK);
  }
}
