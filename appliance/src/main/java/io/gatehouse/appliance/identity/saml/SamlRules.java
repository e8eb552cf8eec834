package io.gatehouse.appliance.identity.saml;

import io.gatehouse.appliance.identity.token.ClaimedNames;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is configured of a SAML identity provider, and what the gate is called there.
 *
 * @param provider its entity id
 * @param keys what may sign; at least one
 * @param own the gate's entity id
 * @param consumer where responses come to
 * @param skew how far the provider's clock and the gate's may be apart
 */
public record SamlRules(
    String provider, List<PublicKey> keys, String own, URI consumer, Names names, Duration skew) {
  public static final int MOST_KEYS = 8;
  public static final Duration USUAL_SKEW = Duration.ofSeconds(30);
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  public SamlRules {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("a provider has 1 to " + MOST_KEYS + " keys");
    }
    if (skew.isNegative() || skew.compareTo(MOST_SKEW) > 0) {
      throw new IllegalArgumentException("the skew is between 0 and 5 minutes");
    }
  }

  /**
   * What of an assertion says who it is.
   *
   * @param subject the attribute with the subject; the name id without one
   * @param groups the attribute with the groups; nobody has any without one
   * @param groupNames what a group of the provider is called here; where there are any, groups that
   *     are not among them are dropped
   * @param namespace what goes before names of the provider
   */
  public record Names(
      Optional<String> subject,
      Optional<String> groups,
      Map<String, String> groupNames,
      String namespace) {
    private static final int MOST_NAMESPACE = 64;

    public Names {
      groupNames = Map.copyOf(groupNames);
      if (!groupNames.values().stream().allMatch(ClaimedNames::acceptable)) {
        throw new IllegalArgumentException("the name of a group has characters that no name has");
      }
      boolean sound = namespace.isEmpty() || ClaimedNames.acceptable(namespace);
      if (!sound || namespace.length() > MOST_NAMESPACE) {
        throw new IllegalArgumentException("a namespace is a name of at most 64 characters");
      }
    }

    /** What a name of the provider is here; empty if it is none. */
    Optional<String> name(String theirs) {
      return ClaimedNames.acceptable(theirs) ? Optional.of(namespace + theirs) : Optional.empty();
    }
  }
}
