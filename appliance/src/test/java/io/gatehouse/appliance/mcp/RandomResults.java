package io.gatehouse.appliance.mcp;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Results of tools with personal data in them, and with what only looks like it. One seed, one
 * sequence.
 */
final class RandomResults {
  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);
  private static final List<String> WORDS =
      List.of(
          "order", "paid by", "see", "Ticket 4711", "Müller", "2026-11-22", "10 €", "\n", "ok;");

  /**
   * @param json a result
   * @param planted what must not be shown
   * @param harmless what must be shown
   */
  record Result(String json, List<String> planted, List<String> harmless) {}

  private final Random random;

  RandomResults(long seed) {
    random = new Random(seed);
  }

  Result next() {
    List<String> planted = new ArrayList<>();
    List<String> harmless = new ArrayList<>();
    String text = text(planted, harmless);
    String field = text(planted, harmless);
    String json =
        "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":"
            + quoted(text)
            + "}],\"structuredContent\":{\"note\":"
            + quoted(field)
            + "}}";
    return new Result(json, planted, harmless);
  }

  private String text(List<String> planted, List<String> harmless) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      boolean real = random.nextBoolean();
      String value = real ? value() : lookalike();
      (real ? planted : harmless).add(value);
      text.append(value).append(' ');
    }
    return text.toString();
  }

  private String value() {
    return switch (random.nextInt(4)) {
      case 0 -> card(0);
      case 1 -> iban(0);
      case 2 -> "%03d-%02d-%04d".formatted(between(1, 665), between(1, 99), between(1, 9_999));
      default -> "p" + between(1, 1_000_000) + "@mail.example.org";
    };
  }

  private String lookalike() {
    return switch (random.nextInt(4)) {
      case 0 -> card(between(1, 9));
      case 1 -> iban(between(1, 96));
      case 2 -> "%03d-00-%04d".formatted(between(1, 665), between(1, 9_999));
      default -> "@p" + between(1, 1_000_000);
    };
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** Of 16 digits, the last of them wrong by so much (ISO/IEC 7812-1, annex B). */
  private String card(int wrong) {
    StringBuilder digits = new StringBuilder("4");
    while (digits.length() < 15) {
      digits.append(random.nextInt(10));
    }
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int digit = (digits.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return digits.append((10 - sum % 10 + wrong) % 10).toString();
  }

  /** A German one, its check digits wrong by so much (ISO 13616). */
  private String iban(int wrong) {
    StringBuilder account = new StringBuilder();
    while (account.length() < 18) {
      account.append(random.nextInt(10));
    }
    BigInteger checked = new BigInteger(account + "131400");
    int check = 98 - checked.mod(NINETY_SEVEN).intValue();
    return "DE%02d%s".formatted((check + wrong) % 97, account);
  }

  /** As JSON, some characters by their numbers. */
  private String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || random.nextInt(12) == 0) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
