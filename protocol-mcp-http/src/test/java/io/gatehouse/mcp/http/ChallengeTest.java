package io.gatehouse.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mcp.testing.Front;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients without a good token are told. */
class ChallengeTest {

  @Test
  void challenges_areOfTheirForm() {
    String metadata =
        "resource_metadata=\"https://gate.example/.well-known/oauth-protected-resource/mcp\"";
    assertThat(Challenge.missing(Front.RESOURCE))
        .isEqualTo("Bearer " + metadata + ", scope=\"tools read\"");
    assertThat(Challenge.invalid(Front.RESOURCE, "the token has expired"))
        .isEqualTo(
            "Bearer error=\"invalid_token\", error_description=\"the token has expired\", "
                + metadata
                + ", scope=\"tools read\"");
    assertThat(Challenge.insufficient(Front.RESOURCE, List.of("a", "b"), "more is needed"))
        .isEqualTo(
            "Bearer error=\"insufficient_scope\", error_description=\"more is needed\", "
                + metadata
                + ", scope=\"a b\"");
  }

  @Test
  void metadata_ofTheRoot_hasNoPathBehind() {
    assertThat(
            new ProtectedResource("https://gate.example/", List.of("https://a.example"), List.of())
                .metadataUrl())
        .isEqualTo("https://gate.example/.well-known/oauth-protected-resource");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a\r\nb", "a\u0000b", "\u00e4", ""})
  void nothing_endsAQuotedString(String evil) {
    assertThatThrownBy(() -> Challenge.invalid(Front.RESOURCE, evil))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Challenge.insufficient(Front.RESOURCE, List.of(evil), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ProtectedResource("https://a/" + evil + "?", List.of("https://b"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ProtectedResource("https://a/", List.of("https://b/?" + evil), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
