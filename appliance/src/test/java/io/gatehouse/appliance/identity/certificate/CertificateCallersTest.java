package io.gatehouse.appliance.identity.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.certificate.CertificateCallers.Holder;
import io.gatehouse.appliance.identity.certificate.HostileCertificates.Attack;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.netty.pkitesting.CertificateBuilder;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCallersTest {
  private static final ClientAuthority AUTHORITY = new ClientAuthority();
  private static final HostileCertificates HOSTILE = new HostileCertificates(AUTHORITY);
  private static final String DOMAIN = "deploy.bank.example";
  private static final String MAIL = "deploy@bank.example";

  private static CertificateCallers callers(NameKind kind, String name) {
    return new CertificateCallers(kind, Map.of(name, new Holder("deploy", Set.of("ci"))));
  }

  private static X509Certificate signed(UnaryOperator<CertificateBuilder> what) {
    return AUTHORITY.signed(what).getCertificate();
  }

  private static String answer(CertificateCallers callers, X509Certificate leaf) {
    return answer(callers, leaf, Instant.now());
  }

  private static String answer(CertificateCallers callers, X509Certificate leaf, Instant now) {
    return switch (callers.check(List.of(leaf), now)) {
      case CertificateAnswer.Accepted(Caller caller, _) -> caller.subject();
      case CertificateAnswer.Refused(String reason) -> reason;
    };
  }

  static Stream<Attack> attacks() {
    return HOSTILE.attacks().stream().filter(attack -> !attack.reason().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void hostileCertificate_isRefusedForItsReason(Attack attack) {
    CertificateCallers callers = callers(NameKind.URI, HostileCertificates.NAME);

    assertThat(answer(callers, attack.bundle().getCertificate())).isEqualTo(attack.reason());
  }

  @Test
  void oneNameOfTheKind_isItsHolder() {
    X509Certificate leaf =
        signed(
            b ->
                b.addSanUriName(java.net.URI.create(HostileCertificates.NAME))
                    .addSanDnsName(DOMAIN)
                    .addSanRfc822Name(MAIL)
                    .subject("CN=Deploy Job, O=Bank"));

    assertThat(answer(callers(NameKind.URI, HostileCertificates.NAME), leaf)).isEqualTo("deploy");
    assertThat(answer(callers(NameKind.DNS, DOMAIN), leaf)).isEqualTo("deploy");
    assertThat(answer(callers(NameKind.EMAIL, MAIL), leaf)).isEqualTo("deploy");
    assertThat(answer(callers(NameKind.COMMON_NAME, "Deploy Job"), leaf)).isEqualTo("deploy");
    assertThat(callers(NameKind.DNS, DOMAIN).check(List.of(leaf), Instant.now()))
        .isEqualTo(
            new CertificateAnswer.Accepted(
                Caller.of("deploy", Set.of("ci"), ProofMethod.CERTIFICATE), leaf));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Deploy.bank.example",
        "deploy.bank.example.",
        "xdeploy.bank.example",
        "bank.example"
      })
  void anotherDomain_isUnknown(String other) {
    assertThat(answer(callers(NameKind.DNS, DOMAIN), signed(b -> b.addSanDnsName(other))))
        .isIn("unknown-name", "nameless");
  }

  @Test
  void commonNameOrMail_isNoDomain() {
    X509Certificate leaf = signed(b -> b.subject("CN=" + DOMAIN).addSanRfc822Name(MAIL));

    assertThat(answer(callers(NameKind.DNS, DOMAIN), leaf)).isEqualTo("nameless");
    assertThat(answer(callers(NameKind.URI, DOMAIN), leaf)).isEqualTo("nameless");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=deploy, CN=deploy",
        "CN=deploy, CN=admin",
        "CN=admin+CN=deploy",
        "CN=deploy+OU=x, CN=admin"
      })
  void severalCommonNames_areRefused(String subject) {
    assertThat(answer(callers(NameKind.COMMON_NAME, "deploy"), signed(b -> b.subject(subject))))
        .isEqualTo("several-names");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=deploy\\00admin",
        "CN=deploy\\00",
        "CN=deploy\\ ",
        "CN=\\ deploy",
        "CN=Deploy",
        "CN=\\64\\C3\\A9ploy",
        "CN=\"deploy,CN=admin\""
      })
  void almostTheCommonName_isUnknown(String subject) {
    X509Certificate leaf = signed(b -> b.subject(new X500Principal(subject)));

    assertThat(answer(callers(NameKind.COMMON_NAME, "deploy"), leaf)).isEqualTo("unknown-name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OU=deploy", "O=CN\\=deploy", "UID=deploy"})
  void anotherAttribute_isNoCommonName(String subject) {
    X509Certificate leaf = signed(b -> b.subject(new X500Principal(subject)));

    assertThat(answer(callers(NameKind.COMMON_NAME, "deploy"), leaf)).isEqualTo("nameless");
  }

  @Test
  void time_isLookedAtAgain() {
    X509Certificate leaf = signed(b -> b.addSanDnsName(DOMAIN));
    CertificateCallers callers = callers(NameKind.DNS, DOMAIN);
    Instant from = leaf.getNotBefore().toInstant();
    Instant until = leaf.getNotAfter().toInstant();

    assertThat(answer(callers, leaf, from)).isEqualTo("deploy");
    assertThat(answer(callers, leaf, until)).isEqualTo("deploy");
    assertThat(answer(callers, leaf, from.minusMillis(1))).isEqualTo("not-yet-valid");
    assertThat(answer(callers, leaf, until.plusMillis(1))).isEqualTo("expired");
  }

  @Test
  void nameOfAnIssuerInTheChain_isNotLookedAt() {
    X509Certificate leaf = signed(b -> b);
    X509Certificate above = signed(b -> b.addSanDnsName(DOMAIN));

    assertThat(callers(NameKind.DNS, DOMAIN).check(List.of(leaf, above), Instant.now()))
        .isEqualTo(new CertificateAnswer.Refused("nameless"));
  }

  @Test
  void noCertificate_isMissing() {
    assertThat(callers(NameKind.DNS, DOMAIN).check(List.of(), Instant.now()))
        .isEqualTo(new CertificateAnswer.Refused("missing"));
  }
}
