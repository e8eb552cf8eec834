package io.gatehouse.appliance.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.token.TokenIdentity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Responses that are sound, in all the ways in which providers make them. */
class ResponseCheckTest {
  private static SamlAnswer.Accepted accepted(SamlAnswer answer) {
    assertThat(answer).isInstanceOf(SamlAnswer.Accepted.class);
    return (SamlAnswer.Accepted) answer;
  }

  private static SamlRules rules(SamlRules.Names names) {
    return new SamlRules(
        SamlScene.IDP,
        List.of(SamlScene.KEYS.getPublic()),
        SamlScene.OWN,
        URI.create(SamlScene.CONSUMER),
        names,
        Duration.ofSeconds(30));
  }

  @Test
  void signedAssertion_isWhoItSays() {
    SamlScene scene = new SamlScene();
    SamlAnswer.Accepted accepted = accepted(scene.answer(scene.signed()));
    TokenIdentity who = accepted.identity();
    assertThat(who.subject()).isEqualTo("erika");
    assertThat(who.groups()).isEqualTo(Set.of("analysts"));
    assertThat(who.issuer()).isEqualTo(SamlScene.IDP);
    assertThat(who.tokenId()).contains("_a1");
    assertThat(who.issued()).contains(SamlScene.NOW);
    assertThat(who.actors()).isEmpty();
    assertThat(accepted.sessionEnd()).contains(Instant.parse("2026-03-01T20:00:00Z"));
    assertThat(accepted.waiting()).isEqualTo(SamlScene.WAITING);
  }

  @Test
  void signedResponse_isAsGood_andBothTogether() {
    SamlScene whole = new SamlScene();
    accepted(
        whole.answer(
            SamlScene.signedWhole(whole.draft(), Signing.by(SamlScene.KEYS.getPrivate()))));
    SamlScene both = new SamlScene();
    accepted(both.answer(both.signedTwice()));
  }

  @Test
  void secondKeyOfARollover_isAsGood() {
    SamlScene scene = new SamlScene();
    accepted(
        scene.answer(SamlScene.signed(scene.draft(), Signing.by(SamlScene.CURVE.getPrivate()))));
  }

  @Test
  void keptPrefixes_lineEnds_aDeclaration_andARelayState_areAsProvidersSendThem() {
    SamlScene scene = new SamlScene();
    Signing how =
        Signing.by(SamlScene.KEYS.getPrivate())
            .withTransforms(
                Signing.TransformOf.of(javax.xml.crypto.dsig.Transform.ENVELOPED),
                Signing.keeping("xs", "xsi"));
    String response =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + SamlScene.signed(scene.draft(), how);
    String lines =
        Base64.getMimeEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8));
    String form =
        SamlScene.field("SAMLResponse", lines) + "&" + SamlScene.field("RelayState", "http://evil");
    accepted(scene.answer(form.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void attributeAsSubject_groupsByTheirNamesHere_andNamespace() {
    SamlScene scene =
        new SamlScene(
            rules(
                new SamlRules.Names(
                    Optional.of("uid"),
                    Optional.of("memberOf"),
                    Map.of("analysts", "readers"),
                    "corp:")));
    SamlAnswer.Accepted accepted =
        accepted(
            scene.answer(
                scene.signed(
                    draft ->
                        draft.replace(
                            "<saml:AttributeStatement>",
                            "<saml:AttributeStatement><saml:Attribute Name=\"memberOf\">"
                                + "<saml:AttributeValue>others</saml:AttributeValue>"
                                + "</saml:Attribute><saml:Attribute Name=\"uid\">"
                                + "<saml:AttributeValue>e.mustermann</saml:AttributeValue>"
                                + "</saml:Attribute>"))));
    assertThat(accepted.identity().subject()).isEqualTo("corp:e.mustermann");
    assertThat(accepted.identity().groups()).isEqualTo(Set.of("readers"));
  }

  @Test
  void absentAttribute_meansNoGroups_andManyAttributesOfOneNameAreOne() {
    SamlScene without = new SamlScene();
    assertThat(
            accepted(without.answer(without.signed(draft -> draft.replace("memberOf", "other"))))
                .identity()
                .groups())
        .isEmpty();
    SamlScene many = new SamlScene();
    assertThat(
            accepted(
                    many.answer(
                        many.signed(
                            draft ->
                                draft.replace(
                                    "</saml:Attribute>",
                                    "</saml:Attribute><saml:Attribute Name=\"memberOf\">"
                                        + "<saml:AttributeValue>dba</saml:AttributeValue>"
                                        + "</saml:Attribute>"))))
                .identity()
                .groups())
        .isEqualTo(Set.of("analysts", "dba"));
  }

  @Test
  void sessionWithoutAnEnd_hasNone_andOfTwoTheFirstCounts() {
    SamlScene open = new SamlScene();
    assertThat(
            accepted(
                    open.answer(
                        open.signed(
                            draft ->
                                draft.replace(
                                    " SessionNotOnOrAfter=\"2026-03-01T20:00:00Z\"", ""))))
                .sessionEnd())
        .isEmpty();
    SamlScene two = new SamlScene();
    assertThat(
            accepted(
                    two.answer(
                        two.signed(
                            draft ->
                                draft.replace(
                                    "<saml:AttributeStatement>",
                                    "<saml:AuthnStatement AuthnInstant=\"2026-03-01T11:59:30Z\""
                                        + " SessionNotOnOrAfter=\"2026-03-01T13:00:00Z\"/>"
                                        + "<saml:AttributeStatement>"))))
                .sessionEnd())
        .contains(Instant.parse("2026-03-01T13:00:00Z"));
  }

  @Test
  void clocksThatAreApart_areForgivenTheSkewAndNoMore() {
    SamlScene late = new SamlScene();
    accepted(
        late.answer(
            late.signed(draft -> draft.replace("2026-03-01T12:05:00Z", "2026-03-01T11:59:31Z"))));
    SamlScene early = new SamlScene();
    accepted(
        early.answer(
            early.signed(
                draft ->
                    draft.replace(
                        "IssueInstant=\"2026-03-01T12:00:00Z\"",
                        "IssueInstant=\"2026-03-01T12:00:30Z\""))));
  }
}
