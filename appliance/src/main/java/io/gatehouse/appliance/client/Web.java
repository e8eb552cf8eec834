package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.IssuerUrl;
import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import io.gatehouse.spi.net.TlsMaterial;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * JSON over HTTPS, or over HTTP on this machine: no redirects, an end in time and in size, and
 * certificates verified always. Blocks its caller.
 */
public final class Web implements AutoCloseable {
  private static final int MOST_BYTES = 256 * 1_024;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient client;

  private Web(HttpClient.Builder builder) {
    client =
        builder
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * @param authorities a file with the certificates to trust; those of this Java without one
   */
  public static Web trusting(Optional<Path> authorities) throws IOException {
    return authorities.isPresent()
        ? new Web(HttpClient.newBuilder().sslContext(context(authorities.get())))
        : new Web(HttpClient.newBuilder());
  }

  private static SSLContext context(Path file) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (X509Certificate certificate : TlsMaterial.certificates(file)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (TlsMaterial.UnusableException | GeneralSecurityException e) {
      throw new LoginException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What was answered. Says nothing of its content. */
  record Page(int status, Json.Members document) {
    /** A text that has to be there. */
    String text(String name) throws LoginException {
      return find(name).orElseThrow(() -> new LoginException("the answer has no " + name));
    }

    Optional<String> find(String name) {
      return document.find(name).orElse(null) instanceof Json.Text(String text)
          ? Optional.of(text)
          : Optional.empty();
    }

    Optional<Long> number(String name) {
      return document.find(name).orElse(null) instanceof Json.Numeric(double number)
          ? Optional.of((long) number)
          : Optional.empty();
    }
  }

  /** A URL that may be asked; what it is for is said if it may not. */
  static URI requireSecure(String url, String what) throws LoginException {
    return IssuerUrl.trusted(url)
        .orElseThrow(
            () -> new LoginException(what + " is not a usable https URL: " + Shown.safely(url)));
  }

  Page get(URI url) throws LoginException {
    return send(HttpRequest.newBuilder(url).GET());
  }

  /** RFC 6749, appendix B. */
  Page post(URI url, Map<String, String> form) throws LoginException {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** An answer without a body has an empty document. */
  Page send(HttpRequest.Builder builder) throws LoginException {
    HttpRequest request = builder.header("Accept", "application/json").build();
    String place = Shown.safely(request.uri().resolve("/").toString());
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      byte[] body = response.body();
      return new Page(
          response.statusCode(),
          body.length == 0 ? new Json.Members(Map.of()) : JsonReader.object(body));
    } catch (TimeoutException e) {
      throw new LoginException(place + " did not answer within " + LIMIT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new LoginException(place + " cannot be reached: " + cause(e), e);
    } catch (UnreadableJsonException e) {
      throw new LoginException(place + " answered something that is not sound JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause();
    List<String> words =
        cause == null
            ? List.of("for no reason")
            : cause.getMessage() == null
                ? List.of(cause.getClass().getSimpleName())
                : List.of(cause.getClass().getSimpleName(), cause.getMessage());
    return Shown.safely(String.join(", ", words));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
