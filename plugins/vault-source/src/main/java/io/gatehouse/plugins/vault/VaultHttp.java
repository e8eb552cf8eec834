package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugins.http.JsonAnswer;
import io.gatehouse.plugins.http.WireBytes;
import java.util.Arrays;
import java.util.Optional;

/** Questions to a Vault. By the source's own thread. */
final class VaultHttp {
  private final VaultConfig config;

  VaultHttp(VaultConfig config) {
    this.config = config;
  }

  /** What came back. */
  sealed interface Given {
    /** Whoever has the answer closes it. */
    record Answered(JsonAnswer answer) implements Given {}

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
      request.line("Host: " + config.place().authority());
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
      return config.place().ask(request, VaultHttp::heard);
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

  private static Given heard(WireBytes answer) throws SecretUnavailableException {
    int status = answer.status();
    return status == 200
        ? new Given.Answered(JsonAnswer.read(answer.body()))
        : new Given.Status(status);
  }
}
