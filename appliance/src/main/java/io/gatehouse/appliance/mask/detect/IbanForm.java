package io.gatehouse.appliance.mask.detect;

/** ISO 13616 in capital letters: in one run, or with a blank behind every four characters. */
final class IbanForm implements Form {
  /** Country and length, from the registry of ISO 13616. */
  private static final String LENGTHS =
      "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29"
          + "ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20"
          + "LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29"
          + "PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20"
          + "YE30";

  private static final int[] LENGTH_OF = lengths();

  private static int[] lengths() {
    int[] lengths = new int[26 * 26];
    for (int i = 0; i < LENGTHS.length(); i += 4) {
      lengths[country(LENGTHS.charAt(i), LENGTHS.charAt(i + 1))] =
          Integer.parseInt(LENGTHS, i + 2, i + 4, 10);
    }
    return lengths;
  }

  private static int country(int first, int second) {
    return 26 * (first - 'A') + second - 'A';
  }

  @Override
  public Kind kind() {
    return Kind.IBAN;
  }

  @Override
  public String triggers() {
    return "ABCDEFGHIJKLMNOPQRSTUVXY";
  }

  @Override
  public long find(Window window, int at, int least) {
    int second = window.at(at + 1);
    if (second < 'A' || second > 'Z' || window.digits(at + 2, 2) != 2 || window.word(at - 1)) {
      return NONE;
    }
    int length = LENGTH_OF[country(window.at(at), second)];
    boolean grouped = window.at(at + 4) == ' ';
    int end = at + length + (grouped ? (length - 1) / 4 : 0);
    return length > 0 && !window.word(end) && remainder(window, at, length, grouped) == 1
        ? Form.span(at, end)
        : NONE;
  }

  /**
   * Modulo 97 with the first four at the end, letters counting from ten; negative if it is none.
   */
  private static int remainder(Window window, int start, int length, boolean grouped) {
    int remainder = 0;
    for (int i = 4; i < length + 4; i++) {
      int place = i % length;
      int index = start + place + (grouped ? place / 4 : 0);
      if (grouped && place % 4 == 0 && place > 0 && window.at(index - 1) != ' ') {
        return -1;
      }
      int value = value(window.at(index));
      if (value < 0) {
        return -1;
      }
      remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
    }
    return remainder;
  }

  private static int value(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
  }
}
