package io.gatehouse.appliance.identity.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Tokens that somebody might try, by the name of the attack, and what they are refused for. */
public final class HostileTokens implements AutoCloseable {

  public record Attack(String name, String token, TokenRefusal expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Long enough to show all of them one by one. */
  private static final Duration LIFE = Duration.ofMinutes(50);

  /** These are refused only as long as the clock stands still. */
  private static final Set<TokenRefusal> BRIEF =
      Set.of(TokenRefusal.NOT_YET_VALID, TokenRefusal.ISSUED_LATER, TokenRefusal.TOO_OLD);

  final SetClock clock;
  final OidcServer home;
  final OidcServer partner;
  final List<Attack> attacks = new ArrayList<>();

  HostileTokens() {
    this(SetClock.START);
  }

  /**
   * @param now when they are made
   */
  public HostileTokens(Instant now) {
    clock = new SetClock(now);
    home = OidcServer.start("home", clock);
    partner = OidcServer.start("partner", clock);
    home.tokens().live(LIFE);
    partner.tokens().live(LIFE);
    new HostileForms(this);
    keys();
    new HostileClaims(this);
  }

  /** Those that are refused for the same reason while the clock goes on. */
  public List<Attack> lasting() {
    return attacks.stream().filter(attack -> !BRIEF.contains(attack.expected())).toList();
  }

  /** What those were made of. */
  public String sound() {
    return forge().token();
  }

  /** The first of the issuers. */
  public String issuer() {
    return home.issuer();
  }

  /** The issuers as in {@link #checking}, for a gate, without the limit on ages. */
  public String issuers() {
    return """
    issuers:
      - issuer: "%s"
        audiences: [%s]
        refresh-seconds: 40000
        outage-seconds: 80000
      - issuer: "%s"
        audiences: [%s]
        types: [at+jwt]
        id-tokens: accept
        clients: [tool]
        age-seconds: 86400
        subject: profile.name
        groups: realm_access.roles
        agent: agent.name
        namespace: "partner:"
        refresh-seconds: 40000
        outage-seconds: 80000
    """
        .formatted(home.issuer(), OidcServer.AUDIENCE, partner.issuer(), OidcServer.AUDIENCE);
  }

  /** Its parts, each by pieces long enough not to be anywhere by chance. */
  public static List<String> pieces(String token) {
    List<String> pieces = new ArrayList<>();
    for (String part : token.split("\\.", 16)) {
      if (part.length() >= 24) {
        pieces.add(part.substring(part.length() / 2 - 10, part.length() / 2 + 10));
        pieces.add(part.substring(0, 20));
      }
    }
    return pieces;
  }

  /** The first takes what is usual; the second knows its clients, limits ages and is a partner. */
  Checking checking() {
    TokenIssuer strict =
        Checking.usual(partner)
            .withKinds(new KindRules(Set.of("at+jwt"), false, true, Set.of("tool")))
            .withTimes(new TimeRules(TimeRules.USUAL.skew(), Optional.of(LIMIT)))
            .withClaims(
                ClaimRules.USUAL
                    .withSubject("profile.name")
                    .withGroups("realm_access.roles")
                    .withActor("agent.name")
                    .withNamespace("partner:"));
    return Checking.of(clock, Checking.usual(home), strict);
  }

  static final Duration LIMIT = Duration.ofMinutes(1);

  void add(String name, TokenRefusal expected, String token) {
    attacks.add(new Attack(name, token, expected));
  }

  void add(String name, TokenRefusal expected, Forge token) {
    add(name, expected, token.token());
  }

  Forge forge() {
    return new Forge(home);
  }

  /** Sound for the stricter issuer. */
  Forge partnerForge() {
    return new Forge(partner)
        .claim("azp", "tool")
        .claim("profile", Map.of("name", "paula"))
        .claim("realm_access", Map.of("roles", List.of("staff")));
  }

  private void keys() {
    add("key in the header", TokenRefusal.KEY_IN_HEADER, ownKey("jwk"));
    for (String place : List.of("jku", "x5u")) {
      add(
          "place of a key in the header: " + place,
          TokenRefusal.KEY_IN_HEADER,
          forge().header(place, "https://evil.example/keys"));
    }
    add(
        "chain of certificates in the header",
        TokenRefusal.KEY_IN_HEADER,
        forge().header("x5c", List.of("MIIB")));
    add("no key id", TokenRefusal.KEY_ID_MISSING, forge().withoutHeader("kid"));
    add("empty key id", TokenRefusal.KEY_ID_MISSING, forge().header("kid", ""));
    add("number as key id", TokenRefusal.KEY_ID_MISSING, forge().header("kid", 1));
    add("key id of 4 KiB", TokenRefusal.KEY_ID_MISSING, forge().header("kid", "k".repeat(4_096)));
    add(
        "key id that climbs folders",
        TokenRefusal.KEY_UNKNOWN,
        forge().header("kid", "../../../../dev/null"));
    add("key id that is SQL", TokenRefusal.KEY_UNKNOWN, forge().header("kid", "' OR 1=1 --"));
    add(
        "key of somebody",
        TokenRefusal.KEY_UNKNOWN,
        forge().key(home.keys().curve(), JWSAlgorithm.ES256));
    add(
        "key of another issuer",
        TokenRefusal.KEY_UNKNOWN,
        forge().key(partner.keys().current(), JWSAlgorithm.RS256));
    add(
        "key of another issuer under an id of ours",
        TokenRefusal.SIGNATURE_WRONG,
        forge().keySecretly(partner.keys().current(), JWSAlgorithm.RS256));
    add(
        "key of somebody under an id of ours",
        TokenRefusal.SIGNATURE_WRONG,
        forge().keySecretly(home.keys().rsa(2_048), JWSAlgorithm.RS256));
    JWK same = home.keys().curve();
    partner.keys().publish(same);
    home.keys().publish(withId(home.keys().curve(), same.getKeyID()));
    add(
        "two issuers publish the same key id",
        TokenRefusal.SIGNATURE_WRONG,
        forge().key(same, JWSAlgorithm.ES256));
    publishedBadly();
  }

  private Forge ownKey(String name) {
    JWK own = home.keys().curve();
    return forge().key(own, JWSAlgorithm.ES256).header(name, own.toPublicJWK().toJSONObject());
  }

  private static Map<String, Object> withId(JWK key, String id) {
    Map<String, Object> published = new HashMap<>(key.toPublicJWK().toJSONObject());
    published.put("kid", id);
    return published;
  }

  private void publishedBadly() {
    Map<String, Object> shared =
        Map.of("kty", "oct", "kid", "shared", "k", Forge.base64("secret".repeat(8)));
    home.keys().publish(shared);
    add("shared secret is published", TokenRefusal.KEY_UNUSABLE, forge().header("kid", "shared"));
    add(
        "shared secret is published, and used",
        TokenRefusal.SYMMETRIC,
        forge()
            .header("kid", "shared")
            .header("alg", "HS256")
            .mac("secret".repeat(8).getBytes(StandardCharsets.UTF_8)));
    JWK weak = home.keys().rsa(1_024);
    home.keys().publish(weak);
    add("key of 1,024 bits", TokenRefusal.KEY_UNUSABLE, forge().key(weak, JWSAlgorithm.RS256));
    RSAKey leaked = home.keys().rsa(2_048).toRSAKey();
    home.keys().publish(leaked.toJSONObject());
    add(
        "private half is published",
        TokenRefusal.KEY_UNUSABLE,
        forge().key(leaked, JWSAlgorithm.RS256));
    published("key for encryption", TokenRefusal.KEY_UNUSABLE, "use", "enc");
    published("key for wrapping", TokenRefusal.KEY_UNUSABLE, "key_ops", List.of("wrapKey"));
    published(
        "key of one operation that is no list", TokenRefusal.KEY_UNUSABLE, "key_ops", "verify");
    published("key for RSA-PSS", TokenRefusal.KEY_UNFIT, "alg", "PS256");
    published("key for an unknown algorithm", TokenRefusal.KEY_UNUSABLE, "alg", "RS1");
    published("key for another kind of key", TokenRefusal.KEY_UNUSABLE, "alg", "ES256");
    published("exponent is one", TokenRefusal.KEY_UNUSABLE, "e", "AQ");
    published("exponent is even", TokenRefusal.KEY_UNUSABLE, "e", "AQAC");
    published("exponent as long as the modulus", TokenRefusal.KEY_UNUSABLE, "e", "_".repeat(340));
    published("modulus is a number", TokenRefusal.KEY_UNUSABLE, "n", 17);
    published("key of an unknown kind", TokenRefusal.KEY_UNUSABLE, "kty", "AKP");
    JWK curve = home.keys().curve();
    Map<String, Object> off = new HashMap<>(curve.toPublicJWK().toJSONObject());
    off.put("y", off.get("x"));
    home.keys().publish(off);
    add(
        "point is not on the curve",
        TokenRefusal.KEY_UNUSABLE,
        forge().key(curve, JWSAlgorithm.ES256));
    JWK twin = home.keys().curve();
    home.keys().publish(twin);
    home.keys().publish(withId(home.keys().curve(), twin.getKeyID()));
    add("two keys with one id", TokenRefusal.KEY_UNUSABLE, forge().key(twin, JWSAlgorithm.ES256));
  }

  /** Signs with a key that is published with one member changed. */
  private void published(String name, TokenRefusal expected, String member, Object value) {
    RSAKey key = home.keys().rsa(2_048).toRSAKey();
    Map<String, Object> changed = new HashMap<>(key.toPublicJWK().toJSONObject());
    changed.put(member, value);
    home.keys().publish(changed);
    add("published badly: " + name, expected, forge().key(key, JWSAlgorithm.RS256));
  }

  static List<String> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> "group-" + i).toList();
  }

  @Override
  public void close() {
    home.close();
    partner.close();
  }
}
