package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * For what a token is wanted.
 *
 * @param scope what it is to allow (RFC 6749, section 3.3); empty for what the server gives unasked
 * @param resource whom it is for (RFC 8707)
 */
record TokenReference(Optional<String> scope, Optional<String> resource) {
  private static final Pattern SCOPE =
      Pattern.compile("[!#-\\[\\]-~]{1,256}( [!#-\\[\\]-~]{1,256}){0,63}");
  private static final Pattern ASCII = Pattern.compile("[!-~]{1,2048}");

  static TokenReference of(Map<String, String> reference) throws SecretUnavailableException {
    Set<String> others = new TreeSet<>(reference.keySet());
    others.removeAll(Set.of("scope", "resource"));
    if (!others.isEmpty()) {
      throw wrong(String.join(", ", others) + ": not known; known here: resource, scope");
    }
    Optional<String> scope = Optional.ofNullable(reference.get("scope"));
    if (scope.isPresent() && !SCOPE.matcher(scope.get()).matches()) {
      throw wrong("scope must be words with one space between two of them");
    }
    Optional<String> resource = Optional.ofNullable(reference.get("resource"));
    if (resource.isPresent() && !absolute(resource.get())) {
      throw wrong("resource must be a URI with its scheme and without a fragment");
    }
    return new TokenReference(scope, resource);
  }

  private static boolean absolute(String resource) {
    try {
      URI uri = URI.create(resource);
      return ASCII.matcher(resource).matches()
          && uri.isAbsolute()
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SecretUnavailableException wrong(String message) {
    return new SecretUnavailableException(Reason.REFERENCE, message);
  }
}
