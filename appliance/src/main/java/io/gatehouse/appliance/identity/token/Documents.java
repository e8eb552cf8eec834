package io.gatehouse.appliance.identity.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches JSON documents over HTTP: no redirects, an end in time and in size. Blocks its caller,
 * which is a virtual thread.
 */
final class Documents {
  static final int MAX_BYTES = 512 * 1_024;

  private static final int OK = 200;

  private final HttpClient client;
  private final Duration limit;

  /**
   * Of a client that follows no redirects.
   *
   * @param limit for a whole answer; the client's own ends with its first line
   */
  Documents(HttpClient client, Duration limit) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("keys come from where they are said to be");
    }
    this.client = client;
    this.limit = limit;
  }

  Json.Members fetch(URI url) throws KeysUnavailableException {
    HttpRequest request =
        HttpRequest.newBuilder(url).header("Accept", "application/json").GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() != OK) {
        throw new KeysUnavailableException(url + " answered " + response.statusCode());
      }
      return JsonReader.object(response.body());
    } catch (TimeoutException e) {
      throw new KeysUnavailableException(url + " took longer than " + limit);
    } catch (ExecutionException e) {
      throw new KeysUnavailableException(url + " cannot be reached: " + cause(e));
    } catch (UnreadableJsonException e) {
      throw new KeysUnavailableException(url + " is not a sound JSON document: " + e.problem());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailableException("the gate is being stopped");
    } finally {
      answer.cancel(true);
    }
  }

  /** The class only, unless it is one of those that say what the network said. */
  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getClass().getSimpleName() + ", " + cause.getMessage()
        : cause == null ? "for no reason" : cause.getClass().getSimpleName();
  }
}
