package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One question, one connection that is closed after it, over plain sockets. The JDK's own clients
 * keep connections, and with them the last question and the last answer, on the heap for as long as
 * they please. By the source's own thread.
 */
final class VaultHttp {
  private static final int CONNECT_MILLIS = 5_000;

  /** Far longer than the gate waits; it interrupts. */
  private static final int READ_MILLIS = 300_000;

  private final VaultConfig config;

  VaultHttp(VaultConfig config) {
    this.config = config;
  }

  /** What came back. */
  sealed interface Given {
    /** Whoever has the answer closes it. */
    record Answered(VaultAnswer answer) implements Given {}

    /** The body, which says more, is not looked at: it is not known what is in it. */
    record Status(int code) implements Given {}
  }

  Given get(String path, byte[] token) throws SecretUnavailableException {
    return ask("GET", path, Optional.of(token), new byte[0]);
  }

  /**
   * @param body JSON; wiped
   */
  Given post(String path, Optional<byte[]> token, byte[] body) throws SecretUnavailableException {
    try {
      return ask("POST", path, token, body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private Given ask(String method, String path, Optional<byte[]> token, byte[] body)
      throws SecretUnavailableException {
    try (WireBytes request = new WireBytes()) {
      request.line(method + " /v1/" + path + " HTTP/1.1");
      request.line("Host: " + config.address().getRawAuthority());
      request.line("Connection: close");
      request.line("X-Vault-Request: true");
      config.namespace().ifPresent(name -> request.line("X-Vault-Namespace: " + name));
      if (token.isPresent()) {
        requireToken(token.get());
        request.text("X-Vault-Token: ");
        request.bytes(token.get());
        request.line("");
      }
      if (method.equals("POST")) {
        request.line("Content-Type: application/json");
        request.line("Content-Length: " + body.length);
      }
      request.line("");
      request.bytes(body);
      return interruptibly(request);
    }
  }

  /** What is in it ends no line. */
  private static void requireToken(byte[] token) throws SecretUnavailableException {
    for (byte sign : token) {
      if (sign <= ' ' || sign > '~') {
        throw new SecretUnavailableException(Reason.DENIED, "the token has signs that none has");
      }
    }
  }

  /** In a virtual thread, because there, and only there, an interrupt ends waiting for a peer. */
  private Given interruptibly(WireBytes request) throws SecretUnavailableException {
    FutureTask<Given> asking = new FutureTask<>(() -> exchanged(request));
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
              Reason.UNREACHABLE,
              "no TLS with " + config.address() + ": " + untrusted.getMessage());
      case IOException unanswered ->
          new SecretUnavailableException(
              Reason.UNREACHABLE,
              config.address() + " does not answer: " + unanswered.getClass().getSimpleName());
      case null ->
          new SecretUnavailableException(Reason.UNREADABLE, "the question failed without a reason");
      default ->
          new SecretUnavailableException(
              Reason.UNREADABLE, "the question failed: " + cause.getClass().getName());
    };
  }

  private Given exchanged(WireBytes request) throws IOException, SecretUnavailableException {
    try (Socket socket = connected();
        WireBytes response = new WireBytes()) {
      request.into(socket.getOutputStream());
      response.all(socket.getInputStream());
      int status = response.status();
      return status == 200
          ? new Given.Answered(VaultAnswer.read(response.body()))
          : new Given.Status(status);
    }
  }

  private Socket connected() throws IOException {
    URI address = config.address();
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
        config
            .tls()
            .<SocketFactory>map(context -> context.getSocketFactory())
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
