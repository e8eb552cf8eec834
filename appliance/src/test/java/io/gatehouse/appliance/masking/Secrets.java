package io.gatehouse.appliance.masking;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The protected values, as SQL literals: for the n-th row always the same. Every text and every
 * string of bytes holds {@link #TOKENS one of two words}, so that a piece of it is found too.
 */
final class Secrets {
  /** Longer than any piece that is found by chance, and of one length. */
  static final String[] TOKENS = {"SECRET", "HIDDEN"};

  private static final String NULL = "NULL";

  private final Variant variant;

  Secrets(Variant variant) {
    this.variant = variant;
  }

  private boolean marked() {
    return variant == Variant.MARKED;
  }

  private boolean unlike() {
    return variant == Variant.UNLIKE;
  }

  private String token() {
    return marked() ? TOKENS[0] : TOKENS[1];
  }

  /** Which rows have none; a mask leaves that as it is. */
  private boolean absent(int n) {
    return n % 11 == (unlike() ? 5 : 3);
  }

  /** In the order of the rows, or against it. */
  private String body(int n) {
    return "%04d".formatted(marked() ? n : 9999 - n);
  }

  /** The last four characters. */
  private String tail(int n) {
    return "%04d".formatted(unlike() ? (n * 7717 + 4001) % 9999 : n * 7717 % 9999);
  }

  private String word(String before, String between, int n) {
    String longer = unlike() ? "0".repeat(1 + n % 3) : "";
    return before + token() + between + body(n) + longer + between + tail(n);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String orNull(int n, String literal) {
    return absent(n) ? NULL : literal;
  }

  String ssn(int n) {
    return quoted(word("", "-", n));
  }

  String nationalId(int n) {
    return quoted(word("756.", ".", n));
  }

  String email(int n) {
    String host = unlike() ? "@post%d.test".formatted(n % 4) : "@mail.example";
    return orNull(n, quoted(token().toLowerCase(Locale.ROOT) + "." + body(n) + host));
  }

  String phone(int n) {
    return orNull(n, quoted(word(unlike() ? "+49" : "+41", "", n)));
  }

  String alias(int n) {
    String first = quoted(word("a.k.a. ", " ", n));
    String second = quoted(word("born ", " ", n + 5000));
    return orNull(n, "ARRAY[" + first + (n % 2 == (unlike() ? 1 : 0) ? "" : ", " + second) + "]");
  }

  String address(int n) {
    return quoted(word("", " Lane ", n));
  }

  String postcode(int n) {
    return orNull(n, quoted(token() + (unlike() ? tail(n).substring(1) : tail(n))));
  }

  String iban(int n) {
    return quoted(word(unlike() ? (n % 3 == 0 ? "FR76" : "DE20") : "CH93", "", n));
  }

  String pan(int n) {
    return quoted(
        (unlike() ? "5555" : "4929") + token() + body(n) + (unlike() ? "7" : "") + tail(n));
  }

  /** One of few, and not the same few in each variant. */
  String counterparty(int n) {
    return orNull(n, iban(few(n)));
  }

  String creditorIban(int n) {
    return iban(few(n));
  }

  String creditorName(int n) {
    return quoted(word("Trading ", " Ltd ", few(n)));
  }

  private int few(int n) {
    return switch (variant) {
      case MARKED -> 1000 + n % 30;
      case UNLIKE -> 1000 + n % 37;
      // The tail must stay that of the marked one.
      case ALIKE -> 1000 + n % 30;
    };
  }

  String freeText(int n) {
    return orNull(n, quoted(word(n % 3 == 0 ? "rent " : "invoice ", " for ", n)));
  }

  /** 9HHHLLL1 in decimal digits; the last four stay behind a mask. */
  private int number(int n) {
    int high = n * 37 % 1000;
    int low = unlike() ? (n * 91 + 7) % 1000 : n * 91 % 1000;
    return 90_000_001 + (marked() ? high : 999 - high) * 10_000 + low * 10;
  }

  String income(int n) {
    return orNull(n, String.valueOf(number(n)));
  }

  String collateral(int n) {
    return orNull(n, String.valueOf(number(n + 300)));
  }

  String salary(int n) {
    return number(n + 600) + ".00";
  }

  String bonus(int n) {
    return orNull(n, number(n + 700) + ".50");
  }

  String score(int n) {
    return orNull(n, "0." + number(n));
  }

  String flag(int n) {
    return String.valueOf((n % (variant == Variant.ALIKE ? 5 : 7) == 0) != unlike());
  }

  String rating(int n) {
    String[] ratings = {"low", "fair", "good", "excellent"};
    return orNull(n, quoted(ratings[(n + (marked() ? 0 : 1 + n % 2)) % 4]));
  }

  String sickDays(int n) {
    return String.valueOf(marked() ? n * 7 % 30 : 30 + n * 11 % 30);
  }

  String birth(int n) {
    int year = unlike() ? 1991 - n % 50 : 1940 + n % 50;
    return orNull(n, quoted(LocalDate.of(year, month(n), 2 + n * 7 % 26).toString()));
  }

  String leave(int n) {
    String day = "%d-%02d-%02d".formatted(2031 + n % 4 + (unlike() ? 4 : 0), month(n), 2 + n % 26);
    return orNull(n, quoted(day + " 07:31:13.25+00"));
  }

  /** Never the first, which is what a mask leaves of a year. */
  private int month(int n) {
    return marked() ? 2 + n % 5 : 7 + n % 5;
  }

  String bytes(int n) {
    byte[] token = (token() + body(n)).getBytes(StandardCharsets.US_ASCII);
    String rest = (unlike() ? "0a" : "") + tail(n);
    return quoted("\\x" + HexFormat.of().formatHex(token) + "00ff27" + rest);
  }

  String bytesOrNone(int n) {
    return orNull(n, bytes(n));
  }

  String uuid(int n) {
    return quoted((marked() ? "dead" : "feed") + body(n) + "-5ec2-4e7a-8000-00000000" + tail(n));
  }

  String uuidOrNone(int n) {
    return orNull(n, uuid(n));
  }

  String ip(int n) {
    String address =
        switch (variant) {
          case MARKED -> "203.0.%d.%d";
          case ALIKE -> "198.51.%d.%d";
          case UNLIKE -> "2001:db8:%d::%d";
        };
    return orNull(n, quoted(address.formatted(100 + n % 100, 100 + n * 7 % 100)));
  }

  String document(int n) {
    String born = unlike() ? "1991" : String.valueOf(1940 + n % 50);
    String text =
        """
        {"number": "%s", "holder": {"name": "%s", "born": "%s-%02d-15"}, "lines": ["%s", "%s"],\
         "height": %d%s}\
        """
            .formatted(
                word("", "-", n),
                word("", " ", n),
                born,
                month(n),
                word("P<CHE", "<", n),
                word("", "<<", n),
                number(n),
                unlike() ? ", \"chip\": true" : "");
    return quoted(text);
  }
}
