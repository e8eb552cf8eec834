package io.gatehouse.appliance.identity.keycloak;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests and their answers. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  static HttpRequest.Builder to(URI place) {
    return HttpRequest.newBuilder(place).timeout(PATIENCE);
  }

  static HttpRequest form(URI place, Map<String, String> fields) {
    return form(to(place), fields);
  }

  static HttpRequest form(HttpRequest.Builder request, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  boolean answers(URI place) throws IOException {
    try {
      return send(to(place).build()).statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  static Map<String, Object> object(HttpResponse<String> answer) throws IOException {
    try {
      return JSONObjectUtils.parse(answer.body());
    } catch (ParseException e) {
      throw new IOException("no JSON object: " + answer, e);
    }
  }
}
