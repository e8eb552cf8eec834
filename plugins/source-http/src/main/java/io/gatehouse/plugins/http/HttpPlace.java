package io.gatehouse.plugins.http;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a source asks: one question, one connection that is closed after it, over plain sockets.
 * The JDK's own clients keep connections, and with them the last question and the last answer, on
 * the heap for as long as they please. Follows no redirect and goes through no proxy.
 *
 * @param tls whom to trust; empty for those that the Java runtime trusts
 */
public record HttpPlace(URI address, Optional<SSLContext> tls) {
  /** The keys of the configuration beside that of the address. */
  public static final String WITHOUT_TLS = "without-tls";

  public static final String CA = "ca";

  private static final String IN_THE_CLEAR = "send-everything-unencrypted";
  private static final int CONNECT_MILLIS = 5_000;

  /** Far longer than the gate waits; it interrupts. */
  private static final int READ_MILLIS = 300_000;

  /** A server, of which the source knows what is where. */
  public static HttpPlace withoutPath(SourceSettings settings, String key)
      throws UnusableSettingException {
    URI address = url(settings, key);
    boolean bare =
        (address.getRawPath() == null || address.getRawPath().matches("/?"))
            && address.getRawQuery() == null;
    if (!fits(address) || !bare) {
      throw new UnusableSettingException(key + " must be https://HOST:PORT and nothing else");
    }
    return of(settings, key, address);
  }

  /** One thing on a server. */
  public static HttpPlace withPath(SourceSettings settings, String key)
      throws UnusableSettingException {
    URI address = url(settings, key);
    if (!fits(address)) {
      throw new UnusableSettingException(
          key + " must be https://HOST:PORT/PATH, in ASCII, without a user and a fragment");
    }
    return of(settings, key, address);
  }

  private static URI url(SourceSettings settings, String key) throws UnusableSettingException {
    try {
      return URI.create(settings.require(key));
    } catch (IllegalArgumentException e) {
      throw new UnusableSettingException(key + " is not a URL");
    }
  }

  private static boolean fits(URI address) {
    return address.getHost() != null
        && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getRawUserInfo() == null
        && address.getRawFragment() == null
        && address.toString().chars().allMatch(sign -> sign > ' ' && sign <= '~');
  }

  private static HttpPlace of(SourceSettings settings, String key, URI address)
      throws UnusableSettingException {
    boolean plain = "http".equals(address.getScheme());
    Optional<String> without = settings.find(WITHOUT_TLS);
    if (plain != without.isPresent() || (plain && !without.get().equals(IN_THE_CLEAR))) {
      throw new UnusableSettingException(
          key
              + " is "
              + address.getScheme()
              + ":, and "
              + WITHOUT_TLS
              + ": "
              + IN_THE_CLEAR
              + " goes with http: and nothing else");
    }
    Optional<String> ca = settings.find(CA);
    return new HttpPlace(
        address,
        ca.isEmpty()
            ? Optional.empty()
            : Optional.of(TrustedAuthorities.of(CA, settings.path(ca.get()))));
  }

  /** For the {@code Host} of a question. */
  public String authority() {
    return address.getRawAuthority();
  }

  /** What a question asks for, where the address says it. */
  public String target() {
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
  }

  /**
   * Asks, in a virtual thread, because there, and only there, an interrupt ends waiting for a peer.
   *
   * @param request whole, with {@code Connection: close}; whoever made it wipes it
   */
  public <T> T ask(WireBytes request, Hearing<T> hearing) throws SecretUnavailableException {
    FutureTask<T> asking = new FutureTask<>(() -> exchanged(request, hearing));
    Thread thread = Thread.ofVirtual().start(asking);
    try {
      return asking.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new SecretUnavailableException(Reason.UNREACHABLE, "interrupted");
    }
  }

  private SecretUnavailableException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case SecretUnavailableException known -> known;
      // Says what is wrong with a certificate, before anything was sent.
      case SSLException untrusted ->
          new SecretUnavailableException(
              Reason.UNREACHABLE, "no TLS with " + address + ": " + untrusted.getMessage());
      case IOException unanswered ->
          new SecretUnavailableException(
              Reason.UNREACHABLE,
              address + " does not answer: " + unanswered.getClass().getSimpleName());
      case null ->
          new SecretUnavailableException(Reason.UNREADABLE, "the question failed without a reason");
      default ->
          new SecretUnavailableException(
              Reason.UNREADABLE, "the question failed: " + cause.getClass().getName());
    };
  }

  private <T> T exchanged(WireBytes request, Hearing<T> hearing)
      throws IOException, SecretUnavailableException {
    try (Socket socket = connected();
        WireBytes answer = new WireBytes()) {
      request.into(socket.getOutputStream());
      answer.all(socket.getInputStream());
      return hearing.hear(answer);
    }
  }

  private Socket connected() throws IOException {
    boolean secured = "https".equals(address.getScheme());
    String host = address.getHost().replaceAll("[\\[\\]]", "");
    int port = address.getPort() >= 0 ? address.getPort() : secured ? 443 : 80;
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return secured ? secured(socket, host, port) : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket socket, String host, int port) throws IOException {
    SocketFactory factory =
        tls.<SocketFactory>map(context -> context.getSocketFactory())
            .orElseGet(SSLSocketFactory::getDefault);
    SSLSocket secured =
        (SSLSocket) ((SSLSocketFactory) factory).createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
