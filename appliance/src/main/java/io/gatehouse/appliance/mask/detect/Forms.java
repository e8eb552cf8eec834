package io.gatehouse.appliance.mask.detect;

import java.util.List;

/** All forms that are known. */
final class Forms {
  private static final String LETTERS_AND_DIGITS = "A-Za-z0-9";

  static final List<Form> ALL =
      List.of(
          new CardForm(),
          new SsnForm(),
          new IbanForm(),
          new EmailForm(),
          new InternationalPhoneForm(),
          new AmericanPhoneForm(),
          new Ipv4Form(),
          new Ipv6Form(),
          new JwtForm(),
          new PrivateKeyForm(),
          TokenForm.exactly(Kind.AWS_KEY_ID, "AKIA", "A-Z0-9", 16),
          TokenForm.exactly(Kind.AWS_KEY_ID, "ASIA", "A-Z0-9", 16),
          TokenForm.exactly(Kind.GCP_API_KEY, "AIza", LETTERS_AND_DIGITS + "_-", 35),
          github("ghp_"),
          github("gho_"),
          github("ghu_"),
          github("ghs_"),
          github("ghr_"),
          TokenForm.atLeast(Kind.GITHUB_TOKEN, "github_pat_", LETTERS_AND_DIGITS + "_", 22),
          TokenForm.atLeast(Kind.GITLAB_TOKEN, "glpat-", LETTERS_AND_DIGITS + "_-", 20),
          slack("xoxa-"),
          slack("xoxb-"),
          slack("xoxe-"),
          slack("xoxp-"),
          slack("xoxr-"),
          slack("xoxs-"),
          TokenForm.atLeast(Kind.STRIPE_KEY, "sk_live_", LETTERS_AND_DIGITS, 16),
          TokenForm.atLeast(Kind.STRIPE_KEY, "rk_live_", LETTERS_AND_DIGITS, 16));

  private Forms() {}

  private static Form github(String prefix) {
    return TokenForm.atLeast(Kind.GITHUB_TOKEN, prefix, LETTERS_AND_DIGITS, 36);
  }

  private static Form slack(String prefix) {
    return TokenForm.atLeast(Kind.SLACK_TOKEN, prefix, LETTERS_AND_DIGITS + "-", 10);
  }
}
