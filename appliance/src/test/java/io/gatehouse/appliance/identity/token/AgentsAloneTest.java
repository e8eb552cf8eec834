package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.plugin.CallerKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that come alone, as providers tell them from people. */
class AgentsAloneTest {
  private static final SetClock CLOCK = new SetClock();
  private static OidcServer server;

  @BeforeAll
  static void serve() {
    server = OidcServer.start(CLOCK);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static AgentRule rule(String claim, String... values) {
    return new AgentRule(ClaimPath.parse(claim), Set.of(values));
  }

  record Case(String name, AgentRule rule, Map<String, Object> claims, CallerKind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> ofProviders() {
    AgentRule keycloak = rule("client_id");
    AgentRule entra = rule("idtyp", "app");
    AgentRule okta = rule("cid", "0oa-program");
    AgentRule nested = rule("https://idp\\.example/kind.of", "service", "robot");
    return Stream.of(
        new Case("service account", keycloak, Map.of("client_id", "ci"), CallerKind.AGENT),
        new Case("person at Keycloak", keycloak, Map.of("azp", "ci"), CallerKind.PERSON),
        new Case("application", entra, Map.of("idtyp", "app"), CallerKind.AGENT),
        new Case("user of an application", entra, Map.of("idtyp", "user"), CallerKind.PERSON),
        new Case("user without the claim", entra, Map.of(), CallerKind.PERSON),
        new Case("other case", entra, Map.of("idtyp", "APP"), CallerKind.PERSON),
        new Case("client credentials", okta, Map.of("cid", "0oa-program"), CallerKind.AGENT),
        new Case("person at Okta", okta, Map.of("cid", "0oa-people"), CallerKind.PERSON),
        new Case(
            "nested",
            nested,
            Map.of("https://idp.example/kind", Map.of("of", "robot")),
            CallerKind.AGENT));
  }

  private static Map<String, Object> with(Map<String, Object> more) {
    Map<String, Object> claims = new LinkedHashMap<>(server.tokens().claims("somebody"));
    claims.putAll(more);
    return claims;
  }

  private static TokenIssuer issuer(AgentRule rule) {
    return Checking.usual(server).withClaims(ClaimRules.USUAL.withAgents(rule));
  }

  @ParameterizedTest
  @MethodSource("ofProviders")
  void kind_isTold(Case one) {
    try (Checking checking = Checking.of(CLOCK, issuer(one.rule()))) {
      TokenIdentity identity = checking.accepted(server.tokens().signed(with(one.claims())));
      assertThat(identity.kind()).isEqualTo(one.kind());
      assertThat(identity.caller().kind()).isEqualTo(one.kind());
      assertThat(identity.caller().actor()).isEmpty();
    }
  }

  @Test
  void claimThatIsNoText_isNotUnderstood() {
    try (Checking checking = Checking.of(CLOCK, issuer(rule("idtyp", "app")))) {
      for (Object odd : List.of(true, 5, List.of("app"), Map.of("app", "app"))) {
        assertThat(checking.refused(server.tokens().signed(with(Map.of("idtyp", odd)))))
            .isEqualTo(TokenRefusal.ACTOR_INVALID);
      }
    }
  }

  @Test
  void withoutARule_everybodyIsAPerson() {
    try (Checking checking = Checking.of(CLOCK, Checking.usual(server))) {
      assertThat(
              checking
                  .accepted(server.tokens().signed(with(Map.of("client_id", "ci", "idtyp", "app"))))
                  .kind())
          .isEqualTo(CallerKind.PERSON);
    }
  }

  @Test
  void loginAtTheProvider_isKnownAsItSaysIt() {
    try (Checking checking =
        Checking.of(
            CLOCK, Checking.usual(server).withClaims(ClaimRules.USUAL.withSubject("email")))) {
      TokenIdentity identity =
          checking.accepted(
              server.tokens().signed(with(Map.of("email", "e@example.com", "sid", "s-1"))));
      assertThat(identity.subject()).isEqualTo("e@example.com");
      assertThat(identity.signOn().subject()).contains("somebody");
      assertThat(identity.signOn().session()).contains("s-1");
      assertThat(identity.signOn().at()).isEqualTo(identity.issued().orElseThrow());
    }
  }
}
