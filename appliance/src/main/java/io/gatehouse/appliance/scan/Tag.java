package io.gatehouse.appliance.scan;

import io.gatehouse.appliance.mask.detect.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is proposed, and what speaks for it: kinds of values, words in names of columns. */
enum Tag {
  CARD_NUMBER(Set.of(Kind.PAN), "pan|card|cardnumber|ccnumber|creditcard|card no|card num|cc num"),
  CARD_CODE(Set.of(), "cvv|cvv2|cvc|cvc2"),
  SSN(Set.of(Kind.SSN), "ssn|social security|socialsecurity"),
  NATIONAL_ID(Set.of(), "passport|tax id|taxid|tin|national id|nino|driver licen[cs]e"),
  IBAN(Set.of(Kind.IBAN), "iban"),
  EMAIL(Set.of(Kind.EMAIL), "e ?mail|mail|emailaddress"),
  PHONE(Set.of(Kind.PHONE), "phone|telephone|mobile|fax|tel|phonenumber|cell"),
  IP_ADDRESS(Set.of(Kind.IPV4, Kind.IPV6), "ip|ipv4|ipv6|ip addr|ip address|remote addr"),
  SECRET(
      Set.of(
          Kind.JWT,
          Kind.AWS_KEY_ID,
          Kind.GCP_API_KEY,
          Kind.GITHUB_TOKEN,
          Kind.GITLAB_TOKEN,
          Kind.SLACK_TOKEN,
          Kind.STRIPE_KEY,
          Kind.PRIVATE_KEY),
      "password|passwd|pwd|passphrase|secret|token|api ?key|private key|credentials?|pin|otp"),
  BIRTH_DATE(Set.of(), "dob|birth|birthday|birthdate"),
  PERSON_NAME(
      Set.of(), "first name|firstname|last name|lastname|surname|full name|given name|maiden name"),
  POSTAL_ADDRESS(Set.of(), "street|address line ?[0-9]?|postal address|zip|zipcode|postcode");

  /** Where a word ends in a name: underscores and the like, and before a capital. */
  private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

  @SuppressWarnings("ImmutableEnumChecker") // each is made by Set.of
  private final Set<Kind> kinds;

  private final Pattern words;

  Tag(Set<Kind> kinds, String words) {
    this.kinds = kinds;
    this.words = Pattern.compile("(?:^| )(?:" + words + ")(?: |$)");
  }

  /** As the policy names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean shows(Kind kind) {
    return kinds.contains(kind);
  }

  /** Whether values of the column would show it: passwords, say, have no form. */
  boolean wouldShow() {
    return !kinds.isEmpty() && this != SECRET;
  }

  /** Whether a column of any type may be it: a date is not kept as text. */
  boolean ofAnyType() {
    return kinds.isEmpty();
  }

  boolean named(String column) {
    return words.matcher(words(column)).find();
  }

  private static String words(String column) {
    return String.join(" ", BETWEEN.split(column)).toLowerCase(Locale.ROOT).strip();
  }
}
