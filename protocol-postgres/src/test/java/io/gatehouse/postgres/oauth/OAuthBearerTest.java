package io.gatehouse.postgres.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.postgres.oauth.HostileResponses.Response;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthBearerTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String token(String message) throws OAuthFailure {
    return new String(OAuthBearer.token(bytes(message)).bytes(), StandardCharsets.ISO_8859_1);
  }

  static Stream<Response> hostile() {
    return HostileResponses.all();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileMessage_isRefusedInTheWordsOfTheServer(Response response) {
    OAuthFailure failure =
        catchThrowableOfType(OAuthFailure.class, () -> OAuthBearer.token(response.bytes()));

    assertThat((Throwable) failure).as(response.name()).isNotNull();
    assertThat(failure.sqlState()).isEqualTo(response.sqlState());
    assertThat(failure.detail()).isEqualTo(response.detail());
    assertThat(failure.getMessage() + failure.detail()).doesNotContain(HostileResponses.TOKEN);
  }

  @Test
  void hostileMessages_areManyAndDifferent() {
    assertThat(HostileResponses.all()).hasSizeGreaterThanOrEqualTo(50);
    assertThat(HostileResponses.all()).extracting(Response::text).doesNotHaveDuplicates();
    assertThat(HostileResponses.all()).extracting(Response::name).doesNotHaveDuplicates();
  }

  static Stream<String> headersWithoutToken() {
    return HostileResponses.headersWithoutToken();
  }

  @ParameterizedTest
  @MethodSource("headersWithoutToken")
  void headerWithoutToken_isNoToken(String header) throws OAuthFailure {
    assertThat(token("n,,\1auth=" + header + "\1\1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n,,\1auth=Bearer a-Z.0_~+/==\1\1",
        "y,,\1auth=Bearer a-Z.0_~+/==\1\1",
        "n,,\1auth=bearer a-Z.0_~+/==\1\1",
        "n,,\1auth=BEARER     a-Z.0_~+/==\1\1",
        "n,,\1host=gate\1port=5432\1auth=Bearer a-Z.0_~+/==\1\1",
        "n,,\1auth=Bearer a-Z.0_~+/==\1x=\1tab=\t \r\n=\1\1"
      })
  void soundMessage_givesItsToken(String message) throws OAuthFailure {
    assertThat(token(message)).isEqualTo("a-Z.0_~+/==");
  }

  @Test
  void separator_acknowledges() {
    assertThatCode(() -> OAuthBearer.requireAcknowledgement(bytes("\1")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\1\1", "\2", "\0", "\1\0", "n,,\1auth=Bearer a\1\1", " "})
  void anythingElse_doesNotAcknowledge(String message) {
    OAuthFailure failure =
        catchThrowableOfType(
            OAuthFailure.class, () -> OAuthBearer.requireAcknowledgement(bytes(message)));

    assertThat((Throwable) failure).isNotNull();
    assertThat(failure.sqlState()).isEqualTo("08P01");
  }
}
