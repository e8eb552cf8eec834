package io.gatehouse.appliance.identity.refresh;

import io.gatehouse.appliance.identity.refresh.ProviderAnswer.Granted;
import io.gatehouse.appliance.identity.refresh.ProviderAnswer.Refused;
import io.gatehouse.appliance.identity.refresh.ProviderAnswer.Silent;
import io.gatehouse.appliance.identity.token.IssuerUrl;
import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the provider takes refresh tokens of its public client. Blocks its caller, which is a
 * virtual thread, for a bounded time. Nothing that it says quotes an answer.
 */
final class TokenEndpoint implements AutoCloseable {
  private static final int MOST_BYTES = 256 * 1_024;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** For one answer; both of them end well within a lease. */
  static final Duration ANSWER = Duration.ofSeconds(10);

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;

  /** RFC 6750, section 2.1. */
  private static final Pattern ACCESS = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** RFC 6749, appendix A.17. */
  private static final Pattern REFRESH = Pattern.compile("[\\x20-\\x7E]{1,16384}");

  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,64}");

  private final String issuer;
  private final String client;
  private final HttpClient http;

  /** As its discovery said; asked again after a failure. */
  private volatile @Nullable URI place;

  TokenEndpoint(String issuer, String client, SSLContext trust) {
    this.issuer = issuer;
    this.client = client;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .sslContext(trust)
            .build();
  }

  /** Nothing is known of the provider. */
  private static final class SilentException extends Exception {
    private static final long serialVersionUID = 1L;

    SilentException(String why) {
      super(why);
    }
  }

  /** An answer in JSON. */
  private record Page(int status, Json.Members document) {
    Optional<String> text(String name) {
      return document.find(name).orElse(null) instanceof Json.Text(String text)
          ? Optional.of(text)
          : Optional.empty();
    }
  }

  ProviderAnswer ask(String refreshToken) {
    try {
      ProviderAnswer answer = answer(post(place(), refreshToken));
      if (answer instanceof Silent) {
        place = null;
      }
      return answer;
    } catch (SilentException e) {
      place = null;
      return new Silent(String.valueOf(e.getMessage()));
    }
  }

  private URI place() throws SilentException {
    URI known = place;
    if (known != null) {
      return known;
    }
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Page page =
        send(HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration")).GET());
    // OpenID Connect Discovery 1.0, section 4.3: else another's document would say where tokens go.
    if (page.status() != OK || !page.text("issuer").equals(Optional.of(issuer))) {
      throw new SilentException("its discovery document is not there or another issuer's");
    }
    URI found =
        page.text("token_endpoint")
            .flatMap(IssuerUrl::trusted)
            .filter(uri -> !IssuerUrl.loopback(uri) || IssuerUrl.loopback(URI.create(issuer)))
            .orElseThrow(() -> new SilentException("its token endpoint is no usable https URL"));
    place = found;
    return found;
  }

  private Page post(URI url, String refreshToken) throws SilentException {
    String form =
        "grant_type=refresh_token&client_id="
            + encoded(client)
            + "&refresh_token="
            + encoded(refreshToken);
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Only what the provider says of the grant itself is about who logged in. */
  private static ProviderAnswer answer(Page page) {
    Optional<String> error = page.text("error");
    if ((page.status() == BAD_REQUEST || page.status() == UNAUTHORIZED)
        && error.equals(Optional.of("invalid_grant"))) {
      return new Refused();
    }
    if (page.status() != OK) {
      return new Silent(
          "it answered "
              + page.status()
              + error.filter(ERROR.asMatchPredicate()).map(name -> " " + name).orElse(""));
    }
    Optional<String> access = page.text("access_token").filter(ACCESS.asMatchPredicate());
    Optional<String> next = page.text("refresh_token");
    if (access.isEmpty()
        || next.filter(token -> !REFRESH.matcher(token).matches()).isPresent()
        || !page.text("token_type").orElse("").equalsIgnoreCase("Bearer")) {
      return new Silent("its answer makes no sense");
    }
    return new Granted(access.get(), next);
  }

  private Page send(HttpRequest.Builder builder) throws SilentException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            builder.header("Accept", "application/json").build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      return new Page(response.statusCode(), JsonReader.object(response.body()));
    } catch (TimeoutException e) {
      throw new SilentException("it did not answer within " + ANSWER.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new SilentException(
          "it cannot be reached: "
              + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName());
    } catch (UnreadableJsonException e) {
      throw new SilentException("its answer is not sound JSON");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SilentException("the gate is being stopped");
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
