package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be configured of issuers. */
final class TokenIssuersTest {
  private static final TokenIssuer IDP = TokenIssuer.of("https://idp.example", "gatehouse");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example",
        "https://idp.example/",
        "https://idp.example:8443/realms/a",
        "http://localhost:8080/realms/a",
        "http://127.0.0.1:1",
        "http://127.9.9.9",
        "http://[::1]:80/a",
        "HTTPS://IDP.example",
      })
  void usableUrl_isTaken(String url) {
    assertThat(TokenIssuer.of(url, "gatehouse").issuer()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "idp.example",
        "http://idp.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "https://u:p@idp.example",
        "https://idp.example?x",
        "https://idp.example#x",
        "ftp://idp.example",
        "https:idp.example",
        "https://",
        "file:///x",
        "http://[::2]",
        "http://0.0.0.0",
        "http://1270.0.0.1",
      })
  void otherUrl_isRefused(String url) {
    assertThatThrownBy(() -> TokenIssuer.of(url, "gatehouse"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  @Test
  void discovery_isBelowTheIssuer() {
    String expected = "https://idp.example/a/.well-known/openid-configuration";
    assertThat(TokenIssuer.of("https://idp.example/a", "g").discovery()).hasToString(expected);
    assertThat(TokenIssuer.of("https://idp.example/a/", "g").discovery()).hasToString(expected);
  }

  @Test
  void whatWouldAcceptNothingOrAnything_isRefused() {
    List<Runnable> wrong =
        List.of(
            () -> IDP.withAudiences(Set.of()),
            () -> IDP.withAudiences(Set.of(" ")),
            () -> IDP.withAlgorithms(Set.of()),
            () -> new KindRules(Set.of(), false, false, Set.of()),
            () -> new KindRules(Set.of("LOGOUT+jwt"), false, false, Set.of()),
            () -> new KindRules(Set.of("application/secevent+jwt"), false, false, Set.of()),
            () -> new TimeRules(Duration.ofSeconds(-1), Optional.empty()),
            () -> new TimeRules(Duration.ofMinutes(6), Optional.empty()),
            () -> new TimeRules(Duration.ZERO, Optional.of(Duration.ZERO)),
            () -> ClaimRules.USUAL.withSubject(""),
            () -> ClaimRules.USUAL.withSubject("a..b"),
            () -> ClaimRules.USUAL.withSubject("a.b."),
            () -> ClaimRules.USUAL.withSubject("a\\b"),
            () -> ClaimRules.USUAL.withSubject("a\\"),
            () -> ClaimRules.USUAL.withGroups("a.b.c.d.e.f.g.h.i"),
            () -> ClaimRules.USUAL.withGroupNames(Map.of("x", "a\nb")),
            () -> ClaimRules.USUAL.withNamespace("a\"b"),
            () -> ClaimRules.USUAL.withNamespace("n".repeat(65)),
            () -> KeyRules.USUAL.withAnswer(Duration.ZERO),
            () ->
                new KeyRules(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(9),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)));
    assertThat(wrong)
        .allSatisfy(
            rules -> assertThatThrownBy(rules::run).isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void pathWithDotsInNames_isRead() throws Exception {
    Json.Members claims =
        JsonReader.object(
            "{\"https://a.b/c\":{\"d\\\\e\":[1]}}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(ClaimPath.parse("https://a\\.b/c.d\\\\e").find(claims))
        .contains(new Json.Items(List.of(new Json.Numeric(1))));
    assertThat(ClaimPath.parse("https://a.b/c").find(claims)).isEmpty();
    assertThat(ClaimPath.parse("https://a\\.b/c.x.y").find(claims)).isEmpty();
    assertThat(ClaimPath.parse("https://a\\.b/c.d\\\\e.y").find(claims)).contains(new Json.Null());
  }

  private static TokenIssuer named(String url, String namespace) {
    return TokenIssuer.of(url, "gatehouse").withClaims(ClaimRules.USUAL.withNamespace(namespace));
  }

  @Test
  void issuersThatCouldNameAlike_areRefused() {
    TokenIssuer one = named("https://a.example", "a:");
    for (TokenIssuer other :
        List.of(
            one,
            named("https://a.example", "b:"),
            named("https://b.example", "a:"),
            named("https://b.example", "a:b:"),
            named("https://b.example", "a"))) {
      assertThatThrownBy(() -> new TokenIssuers(List.of(one, other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(
            new TokenIssuers(
                    List.of(one, named("https://b.example", ""), named("https://c.example", "c:")))
                .all())
        .hasSize(3);
  }

  @Test
  void algorithms_areAsymmetricOnly() {
    assertThat(Arrays.stream(SignatureAlgorithm.values()).map(one -> one.standard().getName()))
        .noneMatch(name -> name.startsWith("HS") || name.equalsIgnoreCase("none"))
        .allSatisfy(name -> assertThat(SignatureAlgorithm.named(name)).isPresent());
  }
}
