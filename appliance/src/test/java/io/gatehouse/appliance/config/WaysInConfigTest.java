package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.certificate.CertificateCallers.Holder;
import io.gatehouse.appliance.identity.certificate.NameKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names that say how they are proved, and what they need. */
final class WaysInConfigTest {
  private static final String ISSUERS =
      "  issuers: [{issuer: https://one.example, audiences: [gate]}]\n";
  private static final String TWO =
      "  issuers: [{issuer: https://one.example/, audiences: [gate]},"
          + " {issuer: https://two.example, audiences: [gate], namespace: 'two:'}]\n";
  private static final String CERTIFICATES =
      "  certificates: {user: cert, name-from: dns, callers: {a.example: {subject: a, groups:"
          + " [b]}}}\n";

  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  private static String with(String identity) {
    return Configs.SMALLEST + "identity:\n" + identity;
  }

  private static String asking(String yaml) {
    return yaml.replace("key: server.key}", "key: server.key, client-ca: ca.crt}");
  }

  @Test
  void oauthUser_isToldTheOnlyIssuer() throws Exception {
    OAuthConfig read =
        configs.load(with("  oauth-user: oauth\n" + ISSUERS)).identity().oauth().orElseThrow();

    assertThat(read.user()).contains("oauth");
    assertThat(read.directions().discovery())
        .hasToString("https://one.example/.well-known/openid-configuration");
    assertThat(read.directions().scope()).isEqualTo("openid");
  }

  @Test
  void oauthUser_isToldTheIssuerThatIsNamed() throws Exception {
    OAuthConfig read =
        configs
            .load(
                with(
                    "  oauth-user: oauth\n  oauth-issuer: https://two.example\n"
                        + "  oauth-scope: openid bank/read\n"
                        + TWO))
            .identity()
            .oauth()
            .orElseThrow();

    assertThat(read.directions().discovery())
        .hasToString("https://two.example/.well-known/openid-configuration");
    assertThat(read.directions().scope()).isEqualTo("openid bank/read");
  }

  @Test
  void whatCannotBeTold_isAProblem() {
    assertThat(configs.problems(with("  oauth-user: oauth\n")))
        .singleElement()
        .asString()
        .contains("no issuers whose tokens it could bring");
    assertThat(configs.problems(with("  oauth-user: oauth\n" + TWO)))
        .singleElement()
        .asString()
        .contains("several issuers; name one as oauth-issuer");
    assertThat(
            configs.problems(
                with("  oauth-user: oauth\n  oauth-issuer: https://one.example\n" + TWO)))
        .singleElement()
        .asString()
        .contains("oauth-issuer: must be one of identity.issuers, character by character");
    assertThat(configs.problems(with("  oauth-scope: openid\n" + ISSUERS)))
        .singleElement()
        .asString()
        .contains("neither an oauth-user nor an oauth-issuer");
    for (String scope : new String[] {"'a  b'", "' a'", "'a\"b'", "'a\\b'", "\"a\\tb\"", "'é'"}) {
      assertThat(
              configs.problems(
                  with("  oauth-user: oauth\n  oauth-scope: " + scope + "\n" + ISSUERS)))
          .as(scope)
          .singleElement()
          .asString()
          .contains("oauth-scope: must be words");
    }
  }

  @Test
  void listenerThatTakesTokensOnly_needsAnIssuer_andAnIssuerSomebodyWhoIsTold() {
    String listener = Configs.LISTENER.replace("    databases", "    login: oauth\n    databases");

    assertThat(configs.problems(listener + Configs.TARGET + Configs.USERS))
        .singleElement()
        .asString()
        .contains("listeners[0].login: needs identity.oauth-issuer");
    assertThat(configs.problems(with("  oauth-issuer: https://one.example\n" + ISSUERS)))
        .singleElement()
        .asString()
        .contains("identity.oauth-issuer: is told to nobody");
  }

  @Test
  void fileOfNoCertificates_isAProblem() {
    assertThat(configs.problems(with("  provider-ca: password\n" + ISSUERS)))
        .singleElement()
        .asString()
        .contains("identity.provider-ca")
        .contains("is not a PEM file of certificates");
  }

  @Test
  void certificates_areReadAsTheyStand() throws Exception {
    CertificatesConfig read =
        configs.load(asking(with(CERTIFICATES))).identity().certificates().orElseThrow();

    assertThat(read.user()).isEqualTo("cert");
    assertThat(read.callers().kind()).isEqualTo(NameKind.DNS);
    assertThat(read.callers().byName())
        .isEqualTo(Map.of("a.example", new Holder("a", Set.of("b"))));
  }

  @Test
  void certificatesThatNobodyAsksFor_areAProblem() {
    assertThat(configs.problems(with(CERTIFICATES)))
        .singleElement()
        .asString()
        .contains("identity.certificates.user: cannot log in")
        .contains("tls.client-ca");
  }

  @Test
  void unusableEntries_areProblems() {
    assertThat(
            configs.problems(
                asking(
                    with(
                        """
                          certificates:
                            user: cert
                            name-from: subject
                            callers:
                              "": {subject: a}
                              "a\\0b": {subject: a}
                              b: {subject: " b"}
                              c: {subject: c, groups: ['c"']}
                              d: {groups: [x]}
                        """))))
        .hasSize(6);
    assertThat(
            configs.problems(
                asking(with("  certificates: {user: cert, name-from: uri, callers: {}}\n"))))
        .singleElement()
        .asString()
        .contains("must name at least one caller");
  }

  @Test
  void oneNameForTwoWays_isAProblem() {
    assertThat(configs.problems(with("  token-user: it\n  oauth-user: it\n" + ISSUERS)))
        .singleElement()
        .asString()
        .contains("has one name for two ways in");
    assertThat(configs.problems(asking(with("  token-user: cert\n" + ISSUERS + CERTIFICATES))))
        .singleElement()
        .asString()
        .contains("has one name for two ways in");
  }
}
