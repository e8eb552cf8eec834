package io.gatehouse.appliance.identity.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What clients of the realm ask of its token endpoint. */
public final class KeycloakTokens {
  /** People's client: public, with codes for devices and on loopback. */
  public static final String PEOPLE = "gatehouse-cli";

  /** People's client whose tokens are not for the gate. */
  public static final String ELSEWHERE = "elsewhere";

  /** A program without a person. */
  public static final String PROGRAM = "ci";

  /** A program that exchanges people's tokens and says so. */
  public static final String AGENT = "reports";

  private static final String GRANTS = "urn:ietf:params:oauth:grant-type:";

  private final Http http;
  private final URI endpoints;

  KeycloakTokens(Http http, URI endpoints) {
    this.http = http;
    this.endpoints = endpoints;
  }

  /** What came of a grant. */
  public record Granted(Map<String, Object> answer) {
    public String access() {
      return text("access_token");
    }

    public String id() {
      return text("id_token");
    }

    public String refresh() {
      return text("refresh_token");
    }

    private String text(String name) {
      return Optional.ofNullable(answer.get(name))
          .map(String::valueOf)
          .orElseThrow(() -> new IllegalStateException("no " + name + " among " + answer.keySet()));
    }

    @Override
    public String toString() {
      return "Granted" + answer.keySet();
    }
  }

  /** What a device shows, and what it asks with. */
  public record Device(String code, String userCode, URI complete) {}

  /** Who is known with the password "NAME's own". */
  public Granted person(String client, String name) throws IOException {
    return password(client, name, name + "'s own");
  }

  Granted password(String client, String name, String password) throws IOException {
    return granted(
        token(
            Map.of(
                "grant_type", "password",
                "client_id", client,
                "username", name,
                "password", password,
                "scope", "openid")));
  }

  public Granted program() throws IOException {
    return granted(confidential(PROGRAM, Map.of("grant_type", "client_credentials")));
  }

  /** RFC 8693, "standard token exchange" as it calls it. */
  public Granted exchanged(String access) throws IOException {
    return granted(
        confidential(
            AGENT,
            Map.of(
                "grant_type",
                GRANTS + "token-exchange",
                "subject_token",
                access,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token")));
  }

  public Granted refreshed(String client, String refresh) throws IOException {
    return granted(
        token(
            Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", refresh)));
  }

  /**
   * Where a person is sent to (RFC 6749, 4.1) and comes back from with a code.
   *
   * @param client where the client listens, or would
   * @param challenge S256 of the verifier (RFC 7636)
   */
  public URI authorize(URI client, String challenge) {
    return endpoints.resolve(
        "auth?response_type=code&scope=openid&client_id="
            + PEOPLE
            + "&redirect_uri="
            + Http.encoded(client.toString())
            + "&code_challenge_method=S256&code_challenge="
            + challenge);
  }

  public Granted code(URI client, String code, String verifier) throws IOException {
    return granted(
        token(
            Map.of(
                "grant_type", "authorization_code",
                "client_id", PEOPLE,
                "redirect_uri", client.toString(),
                "code", code,
                "code_verifier", verifier)));
  }

  /** RFC 8628. */
  public Device device(String client) throws IOException {
    HttpResponse<String> answer =
        http.send(Http.form(endpoints.resolve("auth/device"), Map.of("client_id", client)));
    Map<String, Object> said = Http.object(answer);
    if (answer.statusCode() != 200) {
      throw new IOException("no code for a device: " + said);
    }
    return new Device(
        String.valueOf(said.get("device_code")),
        String.valueOf(said.get("user_code")),
        URI.create(String.valueOf(said.get("verification_uri_complete"))));
  }

  /** Empty while nobody has allowed it. */
  public Optional<Granted> device(String client, Device device) throws IOException {
    HttpResponse<String> answer =
        token(
            Map.of(
                "grant_type",
                GRANTS + "device_code",
                "client_id",
                client,
                "device_code",
                device.code()));
    return answer.statusCode() != 200
            && "authorization_pending".equals(Http.object(answer).get("error"))
        ? Optional.empty()
        : Optional.of(granted(answer));
  }

  private HttpResponse<String> token(Map<String, String> fields) throws IOException {
    return http.send(Http.form(endpoints.resolve("token"), fields));
  }

  private HttpResponse<String> confidential(String client, Map<String, String> fields)
      throws IOException {
    String basic = Http.encoded(client) + ":" + Http.encoded("of the client " + client);
    HttpRequest.Builder request =
        Http.to(endpoints.resolve("token"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(basic.getBytes(StandardCharsets.US_ASCII)));
    return http.send(Http.form(request, new HashMap<>(fields)));
  }

  private static Granted granted(HttpResponse<String> answer) throws IOException {
    Map<String, Object> said = Http.object(answer);
    if (answer.statusCode() != 200) {
      throw new IOException("not granted: " + said);
    }
    return new Granted(said);
  }
}
