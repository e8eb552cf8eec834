package io.gatehouse.appliance.sql;

import java.util.Set;
import java.util.regex.Pattern;

/** What gives a secret away in a text, whichever server it is for. */
public final class SecretWords {
  /** What stands before a secret, with or without an equals sign. */
  public static final Set<String> NAMES =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "sslpassword",
          "passphrase",
          "secret",
          "client_secret",
          "secret_key",
          "secret_access_key",
          "access_key",
          "access_token",
          "private_key",
          "api_key",
          "apikey",
          "token",
          "connection");

  /** In connection strings, in SQL within SQL, in comments. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i)(?:pass(?:word|wd|phrase)|pwd|secret|token|api_?key)[\\w\"]{0,16}[\\s=:]{0,16}['\"$=:]"
              + "|://[^\\s/@:]{0,256}:[^\\s/@]{1,1024}@");

  private static final Pattern NAMED =
      Pattern.compile("(?i)passw|passphrase|pwd|secret|token|_key|apikey|connection|://");

  private SecretWords() {}

  /** Whether a text can have any of these in it; most have not. */
  public static boolean mayBeIn(String text) {
    return NAMED.matcher(text).find();
  }

  /** Whether a string or comment tells a secret by itself. */
  public static boolean tell(String text) {
    return INSIDE.matcher(text).find();
  }
}
