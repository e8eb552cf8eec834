package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Access tokens shaped as providers document theirs, with the test's own issuer and times, and how
 * an issuer is configured for them.
 */
final class ProviderTokensTest {
  private static final String GATE = "6e74172b-be56-4843-9ff4-e66a39bb12e3";

  private final SetClock clock = new SetClock();
  private final OidcServer server = OidcServer.start(clock);

  @AfterEach
  void close() {
    server.close();
  }

  private TokenAnswer ask(TokenIssuer issuer, Forge token) {
    try (Checking checking = Checking.of(clock, issuer)) {
      return checking.ask(token.token());
    }
  }

  private static Caller caller(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Accepted(TokenIdentity identity) -> identity.caller();
      case TokenAnswer.Refused refused -> throw new AssertionError(refused.reason().code());
    };
  }

  private static TokenRefusal reason(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Accepted accepted -> throw new AssertionError("accepted");
      case TokenAnswer.Refused refused -> refused.reason();
    };
  }

  private Forge of(Map<String, Object> header, Map<String, Object> claims) {
    Forge forge = new Forge(server);
    List.of("typ").forEach(forge::withoutHeader);
    List.of("jti", "groups", "sub", "aud").forEach(forge::without);
    header.forEach(forge::header);
    claims.forEach(forge::claim);
    return forge;
  }

  /** Entra ID, version 2.0: the access token claims reference. */
  private Forge entra() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("aud", GATE);
    claims.put("aio", "AXQAi/8IAAAAtAaZLo3ChMif6KOnttRB7eBq4/DccQzjcJGxPYy");
    claims.put("azp", "1950a258-227b-4e31-a9cf-717495945fc2");
    claims.put("azpacr", "0");
    claims.put("groups", List.of("0c9c4b1a-d0d4-4d5a-8ac1-5e4f4d1c9d10"));
    claims.put("name", "Abe Lincoln");
    claims.put("oid", "690222be-ff1a-4d56-abd1-7e4f7d38e474");
    claims.put("preferred_username", "abeli@contoso.example");
    claims.put("rh", "0.ARoA");
    claims.put("scp", "access_as_user");
    claims.put("sub", "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ");
    claims.put("tid", "fa15d692-e9c7-4460-a743-29f2956fd429");
    claims.put("uti", "fqiBqXLPj0eQa82S-IYFAA");
    claims.put("ver", "2.0");
    return of(Map.of("typ", "JWT"), claims);
  }

  private TokenIssuer forEntra() {
    return TokenIssuer.of(server.issuer(), GATE)
        .withClaims(
            ClaimRules.USUAL
                .withSubject("oid")
                .withGroupNames(Map.of("0c9c4b1a-d0d4-4d5a-8ac1-5e4f4d1c9d10", "dba")));
  }

  @Test
  void entra_isAccepted() {
    assertThat(caller(ask(forEntra(), entra())))
        .isEqualTo(
            Caller.of("690222be-ff1a-4d56-abd1-7e4f7d38e474", Set.of("dba"), ProofMethod.TOKEN));
  }

  @Test
  void entraWithTooManyGroups_isRefusedForThat() {
    Forge overage =
        entra()
            .without("groups")
            .claim("_claim_names", Map.of("groups", "src1"))
            .claim(
                "_claim_sources",
                Map.of(
                    "src1",
                    Map.of(
                        "endpoint", "https://graph.windows.net/fa15/users/6902/getMemberObjects")));

    assertThat(reason(ask(forEntra(), overage))).isEqualTo(TokenRefusal.GROUPS_ELSEWHERE);
  }

  /** Okta, custom authorization server: the access token payload. There is no typ. */
  private Forge okta() {
    return of(
        Map.of(),
        Map.of(
            "ver", 1,
            "jti", "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
            "aud", "api://gatehouse",
            "sub", "john.doe@example.com",
            "cid", "nmdP1fcyvdVO11AL7ECm",
            "uid", "00ujmkLgagxeRrAg20g3",
            "scp", List.of("openid", "email"),
            "auth_time", clock.seconds(),
            "groups", List.of("Everyone", "DBA")));
  }

  private TokenIssuer forOkta(boolean untyped, Set<String> clients) {
    return TokenIssuer.of(server.issuer(), "api://gatehouse")
        .withKinds(new KindRules(KindRules.USUAL.types(), untyped, false, clients));
  }

  @Test
  void okta_isAcceptedWhereUntypedTokensAre() {
    assertThat(caller(ask(forOkta(true, Set.of("nmdP1fcyvdVO11AL7ECm")), okta())))
        .isEqualTo(Caller.of("john.doe@example.com", Set.of("Everyone", "DBA"), ProofMethod.TOKEN));
    assertThat(reason(ask(forOkta(false, Set.of()), okta())))
        .isEqualTo(TokenRefusal.TYPE_NOT_ALLOWED);
    assertThat(reason(ask(forOkta(true, Set.of("another")), okta())))
        .isEqualTo(TokenRefusal.CLIENT_WRONG);
  }

  /** Keycloak, an access token with realm roles. */
  private Forge keycloak() {
    return of(
        Map.of("typ", "JWT"),
        Map.of(
            "jti", "onrtac:0f0c4bf8-1d2c-4a3b-8b43-3e8a5b0a1d11",
            "aud", List.of("gatehouse", "account"),
            "sub", "f1d2d2f9-24e9-4c3c-8a5b-2b6f0c6f6c11",
            "typ", "Bearer",
            "azp", "psql",
            "sid", "ad1b4c6c-8d5e-4e4b-9f70-27cb1b9c4d11",
            "realm_access", Map.of("roles", List.of("dba", "offline_access")),
            "scope", "openid profile",
            "preferred_username", "alice"));
  }

  @Test
  void keycloak_isAccepted() {
    TokenIssuer issuer =
        TokenIssuer.of(server.issuer(), "gatehouse")
            .withClaims(
                ClaimRules.USUAL
                    .withSubject("preferred_username")
                    .withGroups("realm_access.roles"));

    assertThat(caller(ask(issuer, keycloak())))
        .isEqualTo(Caller.of("alice", Set.of("dba", "offline_access"), ProofMethod.TOKEN));
    assertThat(reason(ask(issuer, keycloak().claim("typ", "Refresh"))))
        .isEqualTo(TokenRefusal.OTHER_KIND);
  }
}
