package io.gatehouse.appliance.config;

import io.gatehouse.appliance.identity.OAuthDirections;
import io.gatehouse.appliance.identity.token.TokenIssuer;
import io.gatehouse.appliance.identity.token.TokenIssuers;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tokens by SASL OAUTHBEARER.
 *
 * @param user the name that says so; empty where only listeners do
 * @param directions what a client without a token is told
 */
public record OAuthConfig(Optional<String> user, OAuthDirections directions) {
  private static final String DEFAULT_SCOPE = "openid";

  /** RFC 6749, section 3.3. */
  private static final Pattern SCOPE =
      Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

  /** Empty if nobody is to come so, and if there is a problem, which is reported then. */
  static Optional<OAuthConfig> read(Section section, TokenIssuers issuers) {
    Optional<String> user = section.find("oauth-user", IdentityConfig::userName);
    Optional<Item> named = section.find("oauth-issuer");
    Optional<String> scope = section.find("oauth-scope", OAuthConfig::scope);
    if (user.isEmpty() && named.isEmpty()) {
      if (scope.isPresent()) {
        section.problem("has an oauth-scope, but neither an oauth-user nor an oauth-issuer");
      }
      return Optional.empty();
    }
    return issuer(section, named, issuers.all())
        .map(
            issuer ->
                new OAuthConfig(
                    user, new OAuthDirections(issuer.discovery(), scope.orElse(DEFAULT_SCOPE))));
  }

  static OAuthDirections usual(TokenIssuer issuer) {
    return new OAuthDirections(issuer.discovery(), DEFAULT_SCOPE);
  }

  private static String scope(Item item) {
    String scope = item.text();
    if (!SCOPE.matcher(scope).matches()) {
      item.problem("must be words with one space between them, without quotes and backslashes");
    }
    return scope;
  }

  private static Optional<TokenIssuer> issuer(
      Section section, Optional<Item> named, List<TokenIssuer> issuers) {
    if (named.isPresent()) {
      String url = named.get().text();
      Optional<TokenIssuer> found =
          issuers.stream().filter(one -> one.issuer().equals(url)).findFirst();
      if (found.isEmpty()) {
        named.get().problem("must be one of identity.issuers, character by character");
      }
      return found;
    }
    if (issuers.size() != 1) {
      section.problem(
          issuers.isEmpty()
              ? "has an oauth-user, but no issuers whose tokens it could bring"
              : "has an oauth-user and several issuers; name one as oauth-issuer");
      return Optional.empty();
    }
    return Optional.of(issuers.getFirst());
  }
}
