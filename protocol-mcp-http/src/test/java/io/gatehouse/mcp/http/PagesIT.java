package io.gatehouse.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.testing.Front;
import io.gatehouse.mcp.testing.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of other origins, as browsers ask for them. */
class PagesIT {
  private static final String PAGE = "https://app.example";
  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";

  private static HttpResponse<String> ask(
      Front front, Version version, String method, String path, String... headers)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + front.port() + path))
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
            .headers(headers)
            .build();
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestTls.client()).version(version).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> preflight(
      Front front, Version version, String path, String origin, String with) throws Exception {
    return ask(
        front,
        version,
        "OPTIONS",
        path,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        with);
  }

  private static HttpResponse<String> post(Front front, Version version, String type, String origin)
      throws Exception {
    return ask(
        front,
        version,
        "POST",
        "/mcp",
        "Origin",
        origin,
        "Content-Type",
        type,
        "Accept",
        "application/json, text/event-stream");
  }

  private static Front front() {
    return Front.tls(
        Front.PATIENT,
        exchange -> exchange.answer(200, Headers.of("vary", "X"), exchange.takeBody()));
  }

  private static void assertAllowed(HttpResponse<String> answer) {
    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly(PAGE);
    assertThat(answer.headers().allValues("vary")).contains("Origin");
    assertThat(answer.headers().firstValue("access-control-expose-headers"))
        .hasValue("Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
  }

  private static void assertNotAllowed(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void preflight_ofAPageThatMayAsk(Version version) throws Exception {
    try (Front front = front()) {
      HttpResponse<String> answer =
          preflight(
              front,
              version,
              "/mcp",
              PAGE,
              "authorization,Mcp-Session-Id, mcp-param-x, x-other, mcp-, content-type");
      assertThat(answer.statusCode()).isEqualTo(204);
      assertAllowed(answer);
      assertThat(answer.headers().firstValue("access-control-allow-methods"))
          .hasValue("DELETE, GET, POST");
      assertThat(answer.headers().firstValue("access-control-allow-headers"))
          .hasValue("authorization, mcp-session-id, mcp-param-x, content-type");
      HttpResponse<String> metadata = preflight(front, version, METADATA, PAGE, "x-other");
      assertThat(metadata.statusCode()).isEqualTo(204);
      assertThat(metadata.headers().firstValue("access-control-allow-methods")).hasValue("GET");
      assertThat(metadata.headers().map()).doesNotContainKey("access-control-allow-headers");
      assertThat(preflight(front, version, "/other", PAGE, "accept").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void answers_toAPageThatMayAsk(Version version) throws Exception {
    try (Front front = front()) {
      HttpResponse<String> answer = post(front, version, "application/json", PAGE);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertAllowed(answer);
      HttpResponse<String> refused = post(front, version, "text/plain", PAGE);
      assertThat(refused.statusCode()).isEqualTo(415);
      assertAllowed(refused);
      assertAllowed(ask(front, version, "GET", METADATA, "Origin", PAGE));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void others_areToldNothing(Version version) throws Exception {
    try (Front front = front()) {
      String self = "https://localhost:" + front.port();
      for (String origin : List.of("https://evil.example", "https://app.example.evil", "null")) {
        HttpResponse<String> asked = preflight(front, version, "/mcp", origin, "accept");
        assertThat(asked.statusCode()).isEqualTo(403);
        assertNotAllowed(asked);
        HttpResponse<String> posted = post(front, version, "application/json", origin);
        assertThat(posted.statusCode()).isEqualTo(403);
        assertNotAllowed(posted);
      }
      assertThat(preflight(front, version, "/mcp", self, "accept").statusCode()).isEqualTo(405);
      assertNotAllowed(post(front, version, "application/json", self));
      HttpResponse<String> options = ask(front, version, "OPTIONS", "/mcp", "Origin", PAGE);
      assertThat(options.statusCode()).isEqualTo(405);
    }
  }
}
