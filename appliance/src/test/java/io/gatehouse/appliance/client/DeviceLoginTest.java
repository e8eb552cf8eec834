package io.gatehouse.appliance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8628 with a clock of the test's: waiting takes no time, and things happen meanwhile. */
class DeviceLoginTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final OidcServer provider = OidcServer.start(now::get);
  private final List<Long> waited = new ArrayList<>();
  private final AtomicReference<String> code = new AtomicReference<>("");
  private Web web;

  @BeforeEach
  void open() throws Exception {
    web = Web.trusting(Optional.empty());
    provider.tokens().person("erika");
  }

  @AfterEach
  void close() {
    web.close();
    provider.close();
  }

  /**
   * @param meanwhile what happens in the pause of that number, from 1
   */
  private String login(IntConsumer meanwhile) throws Exception {
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            now::get,
            time -> {
              now.updateAndGet(before -> before.plus(time));
              waited.add(time.toSeconds());
              meanwhile.accept(waited.size());
            });
    return new DeviceLogin(
            web,
            new GateDesk.Discovery(provider.issuer(), "cli", List.of("openid"), List.of()),
            surroundings,
            prompt -> code.set(prompt.code()))
        .run()
        .access();
  }

  private void refused(IntConsumer meanwhile, String words) {
    assertThatThrownBy(() -> login(meanwhile))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining(words);
  }

  @Test
  void login_waitsForThePerson() throws Exception {
    String token =
        login(
            pause -> {
              if (pause == 3) {
                provider.grants().approve(code.get(), "erika");
              }
            });
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getSubject()).isEqualTo("erika");
    assertThat(waited).containsExactly(1L, 1L, 1L);
  }

  @Test
  void slowDown_makesThePausesLonger_fromThenOn() throws Exception {
    login(
        pause -> {
          if (pause == 1) {
            provider.grants().slowDown(code.get());
          } else if (pause == 3) {
            provider.grants().approve(code.get(), "erika");
          }
        });
    assertThat(waited).containsExactly(1L, 6L, 6L);
  }

  @Test
  void denial_endsTheLogin() {
    refused(pause -> provider.grants().deny(code.get()), "denied");
    assertThat(waited).hasSize(1);
  }

  @Test
  void codeThatNobodyTypes_expires() {
    refused(
        pause -> {
          if (pause == 2) {
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(10)));
          }
        },
        "expired");
    assertThat(provider.requests(OidcServer.TOKEN)).isEqualTo(1);
  }

  @Test
  void expiryThatTheProviderSays_endsTheLogin() {
    refused(pause -> provider.answer(OidcServer.TOKEN, Answer.error("expired_token")), "expired");
  }

  @Test
  void otherRefusal_endsTheLogin() {
    refused(
        pause -> provider.answer(OidcServer.TOKEN, Answer.error("invalid_client")),
        "invalid_client");
  }

  @Test
  void providerWithoutDevices_isSaid() {
    Map<String, Object> document = provider.discovery();
    document.remove("device_authorization_endpoint");
    provider.answer(OidcServer.DISCOVERY, Answer.json(200, document));
    refused(pause -> {}, "no logins by device");
  }

  @Test
  void pageWithoutTls_isNotShown() {
    provider.answer(
        OidcServer.DEVICE,
        Answer.json(
            200,
            Map.of(
                "device_code",
                "d",
                "user_code",
                "U",
                "verification_uri",
                "http://evil.example",
                "expires_in",
                600)));
    refused(pause -> {}, "https");
    assertThat(code.get()).isEmpty();
  }

  @Test
  void codeWithControlCharacters_isNotShown() {
    provider.answer(
        OidcServer.DEVICE,
        Answer.json(
            200,
            Map.of(
                "device_code",
                "d",
                "user_code",
                "U\u001b[2J",
                "verification_uri",
                provider.issuer(),
                "expires_in",
                600)));
    refused(pause -> {}, "nobody can type");
    assertThat(code.get()).isEmpty();
  }
}
