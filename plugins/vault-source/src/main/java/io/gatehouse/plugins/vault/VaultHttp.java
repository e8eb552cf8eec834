package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * One question, one connection: what a kept connection keeps in its buffers has the last answer in
 * it. By the source's own thread.
 */
final class VaultHttp {
  private static final long MOST_BYTES = 1 << 20;

  /** Far longer than the gate waits; it interrupts. */
  private static final Duration BACKSTOP = Duration.ofMinutes(5);

  private final VaultConfig config;

  VaultHttp(VaultConfig config) {
    this.config = config;
  }

  /** An answer that was given; whoever has it closes it. */
  sealed interface Given {
    record Answered(VaultAnswer answer) implements Given {}

    /** Of the body, which says more, it is not known what is in it. */
    record Status(int code) implements Given {}
  }

  Given get(String path, byte[] token) throws SecretUnavailableException {
    return ask(request(path).GET(), Optional.of(token));
  }

  /**
   * @param body JSON; wiped
   */
  Given post(String path, Optional<byte[]> token, byte[] body) throws SecretUnavailableException {
    try {
      return ask(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)), token);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.address().resolve("/v1/" + path))
            .timeout(BACKSTOP)
            .header("X-Vault-Request", "true");
    config.namespace().ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
    return request;
  }

  private Given ask(HttpRequest.Builder request, Optional<byte[]> token)
      throws SecretUnavailableException {
    if (token.isPresent()) {
      request.header("X-Vault-Token", new String(token.get(), StandardCharsets.US_ASCII));
    }
    HttpClient client = client();
    try {
      HttpResponse<byte[]> response =
          client.send(
              request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
      if (response.statusCode() != 200) {
        Arrays.fill(response.body(), (byte) 0);
        return new Given.Status(response.statusCode());
      }
      return new Given.Answered(VaultAnswer.read(response.body()));
    } catch (SSLException e) {
      // Says what is wrong with a certificate, before anything was sent.
      throw new SecretUnavailableException(
          Reason.UNREACHABLE, "no TLS with " + config.address() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new SecretUnavailableException(
          Reason.UNREACHABLE,
          config.address() + " does not answer: " + e.getClass().getSimpleName());
    } catch (IllegalArgumentException e) {
      throw new SecretUnavailableException(Reason.DENIED, "the token has signs that none has");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretUnavailableException(Reason.UNREACHABLE, "interrupted");
    } finally {
      client.shutdownNow();
    }
  }

  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    config.tls().ifPresent(client::sslContext);
    return client.build();
  }
}
