package io.gatehouse.appliance.mask.detect;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be found, said in the obvious way: a regular expression and a check for each kind. */
final class SlowReference {
  private static final String NUMBER_BEFORE = "(?<!\\w)(?<![0-9][-.])";
  private static final String NUMBER_BEHIND = "(?!\\w)(?![-.][0-9])";
  private static final String ATOM = "[A-Za-z0-9_%+-]";
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  private record Rule(Kind kind, Pattern pattern, Predicate<String> check) {
    Rule(Kind kind, String pattern, Predicate<String> check) {
      this(kind, Pattern.compile(pattern), check);
    }

    Rule(Kind kind, String pattern) {
      this(kind, pattern, _ -> true);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Kind.PAN,
              NUMBER_BEFORE
                  + "(?:[0-9]{13,19}|([0-9]{4}([ -])[0-9]{4}\\2[0-9]{4}\\2[0-9]{4}\\2[0-9]{3}))"
                  + NUMBER_BEHIND,
              SlowReference::card),
          new Rule(
              Kind.PAN,
              NUMBER_BEFORE
                  + "[0-9]{4}([ -])(?:[0-9]{4}\\1[0-9]{4}\\1[0-9]{4}|[0-9]{6}\\1[0-9]{5})"
                  + NUMBER_BEHIND,
              SlowReference::card),
          new Rule(
              Kind.PAN,
              NUMBER_BEFORE + "[0-9]{4}([ -])[0-9]{6}\\1[0-9]{4}" + NUMBER_BEHIND,
              SlowReference::card),
          new Rule(
              Kind.SSN,
              NUMBER_BEFORE
                  + "(?!000|666|9)[0-9]{3}([- ])(?!00)[0-9]{2}\\1(?!0000)[0-9]{4}"
                  + NUMBER_BEHIND,
              text -> !Set.of("078051120", "219099999").contains(text.replaceAll("\\D", ""))),
          new Rule(
              Kind.IBAN, "(?<!\\w)[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}(?!\\w)", SlowReference::iban),
          new Rule(
              Kind.IBAN,
              "(?<!\\w)[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?(?!\\w)",
              SlowReference::iban),
          new Rule(
              Kind.EMAIL,
              "(?<!ATOM)(?<!ATOM\\.)ATOM+(?:\\.ATOM+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+"
                      .replace("ATOM", ATOM)
                  + "[A-Za-z]{2,24}(?!ATOM)".replace("ATOM", ATOM),
              text -> text.indexOf('@') <= 64),
          new Rule(
              Kind.PHONE,
              NUMBER_BEFORE
                  + "(?:\\([2-9][0-9]{2}\\) ?[2-9][0-9]{2}[-. ][0-9]{4}"
                  + "|[2-9][0-9]{2}([-. ])[2-9][0-9]{2}\\1[0-9]{4})"
                  + NUMBER_BEHIND),
          new Rule(
              Kind.IPV4,
              "(?<![\\w.])OCTET\\.OCTET\\.OCTET\\.OCTET(?!\\w)(?!\\.[0-9])"
                  .replace("OCTET", OCTET)),
          new Rule(Kind.JWT, "(?<![\\w.-])eyJ[\\w-]{5,}\\.eyJ[\\w-]{5,}\\.[\\w-]*"),
          new Rule(
              Kind.PRIVATE_KEY,
              "-----BEGIN (?=[A-Z0-9 ]{0,64}-----)[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
                  + "(?s:.*?-----END [A-Z0-9 ]{0,64}-----|.*)"),
          new Rule(Kind.AWS_KEY_ID, "(?<!\\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\\w)"),
          new Rule(Kind.GCP_API_KEY, "(?<!\\w)AIza[\\w-]{35}(?![\\w-])"),
          new Rule(
              Kind.GITHUB_TOKEN,
              "(?<!\\w)(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\\w{22,})(?!\\w)"),
          new Rule(Kind.GITLAB_TOKEN, "(?<!\\w)glpat-[\\w-]{20,}"),
          new Rule(Kind.SLACK_TOKEN, "(?<!\\w)xox[abeprs]-[A-Za-z0-9-]{10,}(?![\\w-])"),
          new Rule(Kind.STRIPE_KEY, "(?<!\\w)[rs]k_live_[A-Za-z0-9]{16,}(?!\\w)"));

  private SlowReference() {}

  /** The kinds that are said here, of which some are said in several rules. */
  static Set<Kind> kinds() {
    return Set.copyOf(RULES.stream().map(Rule::kind).toList());
  }

  static List<Finding> find(byte[] bytes) {
    // one character for each byte, and none of the upper half is a letter to a regular expression
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<Finding> findings = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Rule> rules = RULES.stream().filter(rule -> rule.kind() == kind).toList();
      int at = 0;
      if (kind == Kind.EMAIL) {
        emails(text, rules.getFirst(), findings);
        continue;
      }
      while (at < text.length() && !rules.isEmpty()) {
        int end = end(text, at, rules);
        if (end > at) {
          findings.add(new Finding(kind.label(), at, end));
        }
        at = Math.max(end, at + 1);
      }
    }
    findings.sort(
        Comparator.comparingInt(Finding::start)
            .thenComparingInt(Finding::end)
            .thenComparing(Finding::kind));
    return findings;
  }

  /** What was found before is no part of the next: nothing is seen behind the region's start. */
  private static void emails(String text, Rule rule, List<Finding> findings) {
    Matcher matcher = rule.pattern().matcher(text);
    while (matcher.find()) {
      if (rule.check().test(matcher.group())) {
        findings.add(new Finding(Kind.EMAIL.label(), matcher.start(), matcher.end()));
        matcher.region(matcher.end(), text.length());
      }
    }
  }

  private static int end(String text, int at, List<Rule> rules) {
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(text).region(at, text.length());
      matcher.useTransparentBounds(true);
      if (matcher.lookingAt() && rule.check().test(matcher.group())) {
        return matcher.end();
      }
    }
    return -1;
  }

  private static final Map<String, String> ISSUERS =
      Map.of(
          "Visa", "4(?:.{12}|.{15}|.{18})",
          "Mastercard", "(?:5[1-5].{2}|222[1-9]|22[3-9].|2[3-6]..|27[01].|2720).{12}",
          "Mir", "220[0-4].{12,15}",
          "American Express", "3[47].{13}",
          "Diners Club", "(?:30[0-5].|3095|36..|3[89]..)(?:.{10}|.{12,15})",
          "JCB", "(?:352[89]|35[3-8].).{12,15}",
          "Discover", "(?:6011|64[4-9].|65..).{12,15}",
          "UnionPay", "(?:62|81).{14,17}",
          "Maestro", "(?:5018|5020|5038|5893|6304|6759|6761|6762|6763).{12,15}");

  private static boolean card(String text) {
    String digits = text.replaceAll("[ -]", "");
    if (ISSUERS.values().stream().noneMatch(digits::matches)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    return sum % 10 == 0;
  }

  private static boolean iban(String text) {
    String plain = text.replace(" ", "");
    StringBuilder number = new StringBuilder();
    for (char c : (plain.substring(4) + plain.substring(0, 4)).toCharArray()) {
      number.append(Character.digit(c, 36));
    }
    Map<String, Integer> lengths =
        Map.of("DE", 22, "CH", 21, "GB", 22, "FR", 27, "NO", 15, "MT", 31, "NL", 18);
    return lengths.getOrDefault(plain.substring(0, 2), 0) == plain.length()
        && new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }
}
