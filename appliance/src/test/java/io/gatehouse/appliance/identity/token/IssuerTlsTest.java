package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.log.RecordedLog;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys come from whom the certificate names, or not at all. */
final class IssuerTlsTest {
  @TempDir private Path folder;
  private final SetClock clock = new SetClock();

  private static SSLContext server(X509Bundle leaf) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(leaf.toKeyManagerFactory().getKeyManagers(), null, null);
    return context;
  }

  /** As the gate trusts those of {@code identity.provider-ca}. */
  private SSLContext client(X509Bundle authority) throws Exception {
    return ProviderTrust.of(
        Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM()));
  }

  private TokenAnswer ask(OidcServer server, SSLContext trust) {
    try (Checking checking = Checking.of(clock, trust, Checking.usual(server))) {
      return checking.ask(server.tokens().about("alice"));
    }
  }

  @Test
  void trustedProvider_isBelieved() throws Exception {
    Certificates certificates = Certificates.make();
    try (OidcServer server = OidcServer.startSecurely(clock, server(certificates.leaf()))) {
      assertThat(ask(server, client(certificates.authority())))
          .isInstanceOf(TokenAnswer.Accepted.class);
    }
  }

  @Test
  void providerOfAnotherAuthority_isNot() throws Exception {
    try (OidcServer server = OidcServer.startSecurely(clock, server(Certificates.make().leaf()));
        RecordedLog log = RecordedLog.atTrace()) {
      assertUnavailable(ask(server, client(Certificates.make().authority())));
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("cannot be fetched", server.issuer(), "SSLHandshakeException"));
    }
  }

  @Test
  void providerOfAnAuthorityThatJavaDoesNotKnow_isNotBelievedWithoutItsFile() throws Exception {
    try (OidcServer server = OidcServer.startSecurely(clock, server(Certificates.make().leaf()))) {
      assertUnavailable(ask(server, ProviderTrust.usual()));
    }
  }

  @Test
  void providerOfAnotherName_isNot() throws Exception {
    Certificates certificates = Certificates.make("idp.example");
    try (OidcServer server = OidcServer.startSecurely(clock, server(certificates.leaf()))) {
      assertUnavailable(ask(server, client(certificates.authority())));
    }
  }

  @Test
  void keysInTheClear_areNotTakenForASecureIssuer() throws Exception {
    Certificates certificates = Certificates.make();
    try (OidcServer server = OidcServer.startSecurely(clock, server(certificates.leaf()));
        OidcServer clear = OidcServer.start(clock)) {
      Map<String, Object> discovery = new HashMap<>(server.discovery());
      discovery.put("jwks_uri", clear.issuer() + OidcServer.KEYS);
      server.answer(OidcServer.DISCOVERY, Answer.json(200, discovery));

      assertUnavailable(ask(server, client(certificates.authority())));
      assertThat(clear.requests(OidcServer.KEYS)).isZero();
    }
  }

  private static void assertUnavailable(TokenAnswer answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            TokenAnswer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(TokenRefusal.KEYS_UNAVAILABLE));
  }
}
