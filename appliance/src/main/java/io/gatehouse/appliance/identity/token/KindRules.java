package io.gatehouse.appliance.identity.token;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which kinds of tokens an issuer's are accepted.
 *
 * @param types the header's {@code typ}, in small letters and without {@code application/}
 * @param untyped whether a token without {@code typ} will do
 * @param idTokens whether ID tokens will do, too
 * @param clients for whom a token may have been issued; empty means for anybody
 */
public record KindRules(Set<String> types, boolean untyped, boolean idTokens, Set<String> clients) {
  /** Access tokens by RFC 9068, and of the many providers that say JWT only. */
  public static final KindRules USUAL =
      new KindRules(Set.of("at+jwt", "jwt"), false, false, Set.of());

  /** RFC 7519 section 5.1 and RFC 7515 section 4.1.9. */
  private static final String PREFIX = "application/";

  public KindRules {
    types = types.stream().map(KindRules::plain).collect(Collectors.toUnmodifiableSet());
    clients = Set.copyOf(clients);
    if (types.isEmpty() && !untyped) {
      throw new IllegalArgumentException("without a type and untyped no token is accepted");
    }
    if (types.contains("logout+jwt") || types.contains("secevent+jwt")) {
      throw new IllegalArgumentException("a token about an event is never proof of who sends it");
    }
  }

  static String plain(String type) {
    String small = type.toLowerCase(Locale.ROOT);
    return small.startsWith(PREFIX) ? small.substring(PREFIX.length()) : small;
  }

  boolean accepts(String type) {
    return types.contains(plain(type));
  }
}
