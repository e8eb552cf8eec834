package io.gatehouse.appliance.identity.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All issuers whose tokens are accepted: no two with one URL, and no two with a name in common. */
public record TokenIssuers(List<TokenIssuer> all) {

  public TokenIssuers {
    all = List.copyOf(all);
    Map<String, TokenIssuer> byNamespace = new HashMap<>();
    Map<String, TokenIssuer> byUrl = new HashMap<>();
    for (TokenIssuer issuer : all) {
      if (byUrl.put(issuer.issuer(), issuer) != null) {
        throw new IllegalArgumentException("the issuer " + issuer.issuer() + " is given twice");
      }
      if (byNamespace.put(issuer.claims().namespace(), issuer) != null) {
        throw new IllegalArgumentException(
            "two issuers have the namespace \"" + issuer.claims().namespace() + "\"");
      }
    }
    for (String one : byNamespace.keySet()) {
      if (others(byNamespace.keySet(), one).stream().anyMatch(one::startsWith)) {
        throw new IllegalArgumentException(
            "the namespace \"" + one + "\" begins with that of another issuer");
      }
    }
  }

  /** How names of other issuers begin; of the empty namespace nothing can be told. */
  private static Set<String> others(Set<String> namespaces, String one) {
    return namespaces.stream()
        .filter(other -> !other.isEmpty() && !other.equals(one))
        .collect(Collectors.toUnmodifiableSet());
  }

  ClaimedNames names(TokenIssuer issuer) {
    Set<String> namespaces =
        all.stream().map(other -> other.claims().namespace()).collect(Collectors.toSet());
    String own = issuer.claims().namespace();
    return new ClaimedNames(own, others(namespaces, own));
  }
}
