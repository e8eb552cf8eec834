package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sound tokens prove. */
final class TokenCheckTest {
  private static final int MUTATIONS = Boolean.getBoolean("gatehouse.long") ? 200_000 : 4_000;

  private final SetClock clock = new SetClock();
  private final OidcServer server = OidcServer.start(clock);
  private final TokenIssuer usual = Checking.usual(server);
  private final List<Checking> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Checking::close);
    server.close();
  }

  private Checking checking(TokenIssuer... issuers) {
    Checking checking = Checking.of(clock, issuers);
    opened.add(checking);
    return checking;
  }

  private Forge forge() {
    return new Forge(server);
  }

  private TokenIssuer claims(ClaimRules rules) {
    return usual.withClaims(rules);
  }

  @Test
  void soundToken_provesWhoItIs() {
    server.tokens().person("alice", "dba", "staff");
    Map<String, Object> claims = server.tokens().claims("alice");

    TokenIdentity identity = checking(usual).accepted(server.tokens().signed(claims));

    assertThat(identity.caller())
        .isEqualTo(Caller.of("alice", Set.of("dba", "staff"), ProofMethod.TOKEN));
    assertThat(identity.issuer()).isEqualTo(server.issuer());
    assertThat(identity.tokenId()).contains(String.valueOf(claims.get("jti")));
    assertThat(identity.expiry()).isEqualTo(SetClock.START.plus(Duration.ofMinutes(5)));
    assertThat(identity.client()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void everyAlgorithm_verifiesWhereItIsAllowed(SignatureAlgorithm algorithm) throws Exception {
    String token = signedWith(algorithm);

    assertThat(checking(usual.withAlgorithms(Set.of(algorithm))).accepted(token).subject())
        .isEqualTo("alice");
    SignatureAlgorithm other =
        algorithm == SignatureAlgorithm.RS256 ? SignatureAlgorithm.PS256 : SignatureAlgorithm.RS256;
    assertThat(checking(usual.withAlgorithms(Set.of(other))).refused(token))
        .isEqualTo(TokenRefusal.ALGORITHM_NOT_ALLOWED);
    int middle = token.lastIndexOf('.') + 20;
    String changed =
        token.substring(0, middle)
            + (token.charAt(middle) == 'A' ? 'B' : 'A')
            + token.substring(middle + 1);
    assertThat(checking(usual.withAlgorithms(Set.of(algorithm))).refused(changed))
        .isEqualTo(TokenRefusal.SIGNATURE_WRONG);
  }

  private String signedWith(SignatureAlgorithm algorithm) throws Exception {
    return switch (algorithm.form()) {
      case RSA -> {
        // No algorithm of its own, so it fits all.
        JWK key = server.keys().rsa(2_048);
        server
            .keys()
            .publish(
                new com.nimbusds.jose.jwk.RSAKey.Builder(key.toRSAKey().toRSAPublicKey())
                    .keyID(key.getKeyID())
                    .build());
        yield forge().key(key, algorithm.standard()).token();
      }
      case P256 -> onCurve(Curve.P_256, algorithm);
      case P384 -> onCurve(Curve.P_384, algorithm);
      case P521 -> onCurve(Curve.P_521, algorithm);
      case ED25519 -> edwards();
    };
  }

  private String onCurve(Curve curve, SignatureAlgorithm algorithm) throws Exception {
    JWK key = new ECKeyGenerator(curve).keyID("curve").generate();
    server.keys().publish(key);
    return forge().key(key, algorithm.standard()).token();
  }

  private String edwards() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    server
        .keys()
        .publish(Map.of("kty", "OKP", "crv", "Ed25519", "kid", "edwards", "x", Forge.base64(x)));
    String unsigned = forge().header("kid", "edwards").header("alg", "EdDSA").unsigned();
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(unsigned.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return unsigned + "." + Forge.base64(signer.sign());
  }

  /** RFC 8037 appendix A.4, without the claims: an answer that this code did not make up. */
  @Test
  void edwardsSignatureOfTheStandard_verifies() throws Exception {
    PublishedKey key =
        PublishedKeyReader.read(
            JsonReader.object(
                ("{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                        + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(((PublishedKey.Usable) key).key());
    verifier.update(
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(
            verifier.verify(
                java.util.Base64.getUrlDecoder()
                    .decode(
                        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")))
        .isTrue();
  }

  @Test
  void times_areReadWithTheSkewAndNoMore() {
    Checking checking = checking(usual);
    Forge early = forge().claim("nbf", clock.seconds() + 30).claim("iat", clock.seconds() + 30);
    assertThat(checking.accepted(early.token()).subject()).isEqualTo("alice");

    String token = forge().token();
    clock.pass(Duration.ofSeconds(329));
    assertThat(checking.accepted(token).expiry()).isEqualTo(clock.instant().minusSeconds(29));
    clock.pass(Duration.ofSeconds(1));
    assertThat(checking.refused(token)).isEqualTo(TokenRefusal.EXPIRED);
  }

  @Test
  void timesWithFractions_areRead() {
    String token = forge().without("exp").claimText("exp", clock.seconds() + 60 + ".25").token();

    assertThat(checking(usual).accepted(token).expiry())
        .isEqualTo(clock.instant().plusSeconds(60).plusMillis(250));
  }

  @Test
  void audienceAmongOthers_isEnough() {
    String token = forge().claim("aud", List.of("mail", "gatehouse")).token();

    assertThat(checking(usual).accepted(token).subject()).isEqualTo("alice");
    assertThat(checking(usual.withAudiences(Set.of("a", "mail"))).accepted(token).subject())
        .isEqualTo("alice");
  }

  @Test
  void absentGroups_areNone() {
    assertThat(checking(usual).accepted(forge().without("groups").token()).groups()).isEmpty();
    assertThat(
            checking(claims(ClaimRules.USUAL.withGroups("realm_access.roles")))
                .accepted(forge().claim("realm_access", Map.of()).token())
                .groups())
        .isEmpty();
  }

  @Test
  void namedGroups_getTheirNamesAndOthersAreDropped() {
    ClaimRules rules =
        ClaimRules.USUAL.withGroupNames(Map.of("6f0c", "dba", "77aa", "staff", "dba", "guests"));

    String token = forge().claim("groups", List.of("6f0c", "dba", "admins")).token();

    assertThat(checking(claims(rules)).accepted(token).groups())
        .containsExactlyInAnyOrder("dba", "guests");
  }

  @Test
  void overageOfOtherClaims_isNotAboutTheGroups() {
    ClaimRules roles = ClaimRules.USUAL.withGroups("roles");
    Forge token =
        forge()
            .claim("roles", List.of("dba"))
            .claim("hasgroups", true)
            .claim("_claim_names", Map.of("groups", "src1"));

    assertThat(checking(claims(roles)).accepted(token.token()).groups()).containsExactly("dba");
  }

  @Test
  void delegation_namesTheAgentThatActsAndThoseBefore() {
    String token =
        forge()
            .claim(
                "act",
                Map.of("sub", "bot", "iss", server.issuer(), "act", Map.of("sub", "scheduler")))
            .token();

    TokenIdentity identity = checking(usual).accepted(token);

    assertThat(identity.actors()).containsExactly("bot", "scheduler");
    assertThat(identity.caller().actor()).contains("bot");
  }

  @Test
  void configuredAgent_countsWhereThereIsNoDelegation() {
    Checking checking = checking(claims(ClaimRules.USUAL.withActor("agent.name")));
    Forge agent = forge().claim("agent", Map.of("name", "bot"));

    assertThat(checking.accepted(agent.token()).actors()).containsExactly("bot");
    assertThat(checking.accepted(agent.claim("act", Map.of("sub", "other")).token()).actors())
        .containsExactly("other");
    assertThat(checking.accepted(forge().token()).actors()).isEmpty();
  }

  @Test
  void severalIssuers_haveTheirOwnNames() {
    try (OidcServer partner = OidcServer.start(clock)) {
      Checking checking =
          checking(
              usual,
              Checking.usual(partner).withClaims(ClaimRules.USUAL.withNamespace("partner:")));
      partner.tokens().person("alice", "dba");
      server.tokens().person("alice", "staff");

      // Both servers name their first key alike.
      assertThat(partner.keys().current().getKeyID()).isEqualTo(server.keys().current().getKeyID());
      assertThat(checking.accepted(partner.tokens().about("alice")).caller())
          .isEqualTo(Caller.of("partner:alice", Set.of("partner:dba"), ProofMethod.TOKEN));
      assertThat(checking.accepted(server.tokens().about("alice")).caller())
          .isEqualTo(Caller.of("alice", Set.of("staff"), ProofMethod.TOKEN));
    }
  }

  @Test
  void idTokens_areAcceptedWhereTheyAreAllowed() {
    KindRules both = new KindRules(Set.of("JWT"), false, true, Set.of());
    Forge token = forge().header("typ", "JWT").claim("nonce", "n").claim("typ", "ID");

    assertThat(checking(usual.withKinds(both)).accepted(token.token()).subject())
        .isEqualTo("alice");
    assertThat(
            checking(usual.withKinds(both))
                .accepted(token.claim("aud", List.of("gatehouse", "b")).claim("azp", "b").token())
                .client())
        .contains("b");
  }

  @Test
  void unusableTokenId_isLeftOut() {
    assertThat(checking(usual).accepted(forge().claim("jti", "a\nb").token()).tokenId()).isEmpty();
  }

  @Test
  void outageOfOneIssuer_holdsUpNoOther() {
    CountDownLatch latch = new CountDownLatch(1);
    try (OidcServer slow = OidcServer.start(clock)) {
      slow.answer(OidcServer.DISCOVERY, new Answer.Halting(latch));
      Checking checking =
          checking(usual, Checking.usual(slow).withClaims(ClaimRules.USUAL.withNamespace("slow:")));
      List<CompletableFuture<TokenAnswer>> waiting = new ArrayList<>();
      String held = slow.tokens().about("bob");
      for (int i = 0; i < 4 * IssuerKeys.MAX_WAITING; i++) {
        waiting.add(checking.check().check(held).toCompletableFuture());
      }

      await()
          .until(
              () -> waiting.stream().filter(one -> !one.isDone()).count(),
              left -> left <= IssuerKeys.MAX_WAITING);
      String token = server.tokens().about("alice");
      assertThat(checking.accepted(token).subject()).isEqualTo("alice");
      assertThat(waiting).filteredOn(one -> !one.isDone()).hasSize(IssuerKeys.MAX_WAITING);
    } finally {
      latch.countDown();
    }
  }

  @Test
  void tooManyChecks_areRefusedAndTheirPlacesComeBack() {
    CountDownLatch latch = new CountDownLatch(1);
    List<OidcServer> slow = new ArrayList<>();
    List<TokenIssuer> issuers = new ArrayList<>(List.of(usual));
    try {
      List<CompletableFuture<TokenAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < TokenCheck.MAX_CHECKS / IssuerKeys.MAX_WAITING; i++) {
        OidcServer one = OidcServer.start(clock);
        one.answer(OidcServer.DISCOVERY, new Answer.Halting(latch));
        slow.add(one);
        issuers.add(
            Checking.usual(one).withClaims(ClaimRules.USUAL.withNamespace("slow-" + i + ":")));
      }
      Checking checking = checking(issuers.toArray(TokenIssuer[]::new));
      for (OidcServer one : slow) {
        String held = one.tokens().about("bob");
        for (int i = 0; i < IssuerKeys.MAX_WAITING; i++) {
          waiting.add(checking.check().check(held).toCompletableFuture());
        }
      }

      String token = server.tokens().about("alice");
      assertThat(checking.refused(token)).isEqualTo(TokenRefusal.BUSY);
      latch.countDown();
      assertThat(waiting)
          .allSatisfy(
              one ->
                  assertThat(one.orTimeout(120, TimeUnit.SECONDS).join())
                      .isInstanceOfSatisfying(
                          TokenAnswer.Refused.class,
                          no -> assertThat(no.reason()).isEqualTo(TokenRefusal.KEYS_UNAVAILABLE)));
      assertThat(checking.accepted(token).subject()).isEqualTo("alice");
    } finally {
      latch.countDown();
      slow.forEach(OidcServer::close);
    }
  }

  @Test
  void closedCheck_refuses() {
    Checking checking = checking(usual);
    String token = server.tokens().about("alice");
    checking.accepted(token);
    checking.close();

    assertThat(checking.refused(token)).isEqualTo(TokenRefusal.BUSY);
  }

  @Test
  void refusedAnswer_namesTheIssuerThatIsConfigured() {
    assertThat(checking(usual).ask(forge().claim("aud", "x").token()))
        .isEqualTo(
            new TokenAnswer.Refused(TokenRefusal.AUDIENCE_WRONG, Optional.of(server.issuer())));
    assertThat(checking(usual).ask(forge().claim("iss", "https://evil.example").token()))
        .isEqualTo(new TokenAnswer.Refused(TokenRefusal.ISSUER_UNKNOWN, Optional.empty()));
  }

  /** One character changed anywhere, put in or left out: never accepted. */
  @Test
  void changedToken_isNeverAccepted() {
    Checking checking = checking(usual);
    String sound = server.tokens().about("alice");
    checking.accepted(sound);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "ABCxyz019-_.=+/ \n\u00e9";
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(sound);
      int at = random.nextInt(text.length());
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, c);
        default -> text.setCharAt(at, c);
      }
      if (!text.toString().equals(sound)) {
        assertThat(checking.ask(text.toString()))
            .as("seed %d, round %d", seed, i)
            .isInstanceOf(TokenAnswer.Refused.class);
      }
    }
    assertThat(checking.accepted(sound).subject()).isEqualTo("alice");
  }
}
