package io.gatehouse.appliance.mask.detect;

import java.util.Locale;

/** What is found without being told what to look for. */
public enum Kind {
  /** A payment card's number: known issuers, check digit. */
  PAN,
  /** A social security number of the USA, with its separators. */
  SSN,
  /** With the length of its country and its check digits. */
  IBAN,
  EMAIL,
  /** With a plus and a country, or as North America writes them. */
  PHONE,
  IPV4,
  IPV6,
  JWT,
  AWS_KEY_ID,
  GCP_API_KEY,
  GITHUB_TOKEN,
  GITLAB_TOKEN,
  SLACK_TOKEN,
  STRIPE_KEY,
  /** A private key in PEM, up to its end or the text's. */
  PRIVATE_KEY;

  /** As configurations and records name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
