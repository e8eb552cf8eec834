package io.gatehouse.appliance.identity.issued;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** User names of issued credentials. Who has it does not show: names go into logs and shells. */
public final class IssuedName {
  private static final String PREFIX = "gh-";
  private static final int CHARACTERS = 10;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9a-hjkmnp-tv-z]{" + CHARACTERS + "}");

  private IssuedName() {}

  static String random(SecureRandom random) {
    return PREFIX + new String(Base32.random(CHARACTERS, random), StandardCharsets.US_ASCII);
  }

  /** Whether a user name can be one, known or not: nobody else should be given such a name. */
  public static boolean hasForm(String name) {
    return FORM.matcher(name).matches();
  }
}
