package io.gatehouse.appliance.identity.token;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What names of one issuer become here, or nothing if they may not be names.
 *
 * @param reserved how names of other issuers begin
 */
public record ClaimedNames(String namespace, Set<String> reserved) {
  /**
   * As in the users file: names go into logs, and into YAML between quotes. 255 is what OpenID
   * Connect Core 1.0 section 2 allows a subject.
   */
  private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}\"\\\\]{1,255}");

  public ClaimedNames {
    reserved = Set.copyOf(reserved);
  }

  /** Whether a caller, an agent or a group can be called so, whoever names them. */
  public static boolean acceptable(String name) {
    return NAME.matcher(name).matches()
        && !space(name.codePointAt(0))
        && !space(name.codePointBefore(name.length()));
  }

  private static boolean space(int character) {
    return Character.isSpaceChar(character) || Character.isWhitespace(character);
  }

  /** The name here of what this claim names. */
  Optional<String> name(Json claim) {
    if (!(claim instanceof Json.Text(String text)) || !acceptable(text)) {
      return Optional.empty();
    }
    String name = namespace + text;
    return reserved.stream().anyMatch(name::startsWith) ? Optional.empty() : Optional.of(name);
  }
}
