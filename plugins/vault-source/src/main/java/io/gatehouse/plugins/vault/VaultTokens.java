package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugins.http.JsonAnswer;
import io.gatehouse.plugins.http.SecretFile;
import io.gatehouse.plugins.vault.VaultHttp.Given;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a Vault is asked with. What was leased by a token ends with it at the latest, so a token is
 * renewed as long as it can be, and given up when little is added. By the source's own thread.
 */
final class VaultTokens implements AutoCloseable {
  private final VaultAuth auth;
  private final VaultHttp http;
  private final LongSupplier nanos;
  private @Nullable Login login;
  private int logins;

  /**
   * @param granted at first; zero is for ever
   * @param left when it was last renewed
   */
  private record Login(KeptToken token, Duration granted, Duration left, long since) {}

  VaultTokens(VaultAuth auth, VaultHttp http, LongSupplier nanos) {
    this.auth = auth;
    this.http = http;
    this.nanos = nanos;
  }

  /** The number of the login that is asked with: what an earlier one leased cannot be extended. */
  int login() {
    return logins;
  }

  /** For one question: the caller wipes it. */
  byte[] token() throws SecretUnavailableException {
    return switch (auth) {
      case VaultAuth.Token(Path file) -> SecretFile.content("token-file", file);
      case VaultAuth.AppRole _, VaultAuth.Kubernetes _ -> current().token().copy();
    };
  }

  /** How long what is leased now is good at most; empty where it is not known, or for ever. */
  Optional<Duration> left() throws SecretUnavailableException {
    return switch (auth) {
      case VaultAuth.Token(Path file) -> lookedUp(SecretFile.content("token-file", file));
      case VaultAuth.AppRole _, VaultAuth.Kubernetes _ ->
          current().granted().isZero() ? Optional.empty() : Optional.of(left(current()));
    };
  }

  /** The token was refused; whether another can be had. */
  boolean another() {
    boolean kept = login != null;
    forget();
    return kept;
  }

  private Duration left(Login of) {
    return of.left().minus(Duration.ofNanos(nanos.getAsLong() - of.since()));
  }

  private Login current() throws SecretUnavailableException {
    Login now = login;
    if (now != null && !now.granted().isZero() && runsOut(now)) {
      now = renewed(now);
      login = now;
    }
    if (now == null) {
      now = loggedIn();
      login = now;
      logins++;
    }
    return now;
  }

  private boolean runsOut(Login of) {
    return left(of).multipliedBy(2).compareTo(of.granted()) < 0;
  }

  /** Null if it is not worth anything any more. */
  private @Nullable Login renewed(Login old) throws SecretUnavailableException {
    byte[] token = old.token().copy();
    try {
      Given given =
          http.post(
              "auth/token/renew-self",
              Optional.of(token),
              "{}".getBytes(StandardCharsets.US_ASCII));
      if (given instanceof Given.Answered(JsonAnswer answer)) {
        try (answer) {
          Duration left = Duration.ofSeconds(answer.whole("auth", "lease_duration").orElse(0L));
          Login next = new Login(old.token(), old.granted(), left, nanos.getAsLong());
          if (!runsOut(next)) {
            return next;
          }
        }
      }
    } finally {
      Arrays.fill(token, (byte) 0);
    }
    forget();
    return null;
  }

  private Login loggedIn() throws SecretUnavailableException {
    Given given = http.post("auth/" + mount() + "/login", Optional.empty(), proof());
    return switch (given) {
      case Given.Answered(JsonAnswer answer) -> {
        try (answer) {
          Duration granted = Duration.ofSeconds(answer.whole("auth", "lease_duration").orElse(0L));
          yield new Login(
              new KeptToken(answer.secret("auth", "client_token")),
              granted,
              granted,
              nanos.getAsLong());
        }
      }
      case Given.Status(int code) ->
          throw new SecretUnavailableException(
              code >= 500 ? Reason.UNREACHABLE : Reason.DENIED,
              "the login at auth/" + mount() + " was answered with status " + code);
    };
  }

  private String mount() {
    return switch (auth) {
      case VaultAuth.Token _ -> "token";
      case VaultAuth.AppRole(String mount, _, _) -> mount;
      case VaultAuth.Kubernetes(String mount, _, _) -> mount;
    };
  }

  private byte[] proof() throws SecretUnavailableException {
    Json proof = new Json();
    switch (auth) {
      case VaultAuth.Token _ -> {}
      case VaultAuth.AppRole(_, Path roleId, Optional<Path> secretId) -> {
        proof.put("role_id", SecretFile.content("role-id-file", roleId));
        if (secretId.isPresent()) {
          proof.put("secret_id", SecretFile.content("secret-id-file", secretId.get()));
        }
      }
      case VaultAuth.Kubernetes(_, String role, Path jwt) -> {
        proof.put("role", role.getBytes(StandardCharsets.UTF_8));
        proof.put("jwt", SecretFile.content("jwt-file", jwt));
      }
    }
    return proof.end();
  }

  private Optional<Duration> lookedUp(byte[] token) throws SecretUnavailableException {
    try {
      if (http.get("auth/token/lookup-self", token) instanceof Given.Answered(JsonAnswer answer)) {
        try (answer) {
          return answer.whole("data", "ttl").filter(ttl -> ttl > 0).map(Duration::ofSeconds);
        }
      }
      return Optional.empty(); // it may not look; what it leases says when it ends
    } finally {
      Arrays.fill(token, (byte) 0);
    }
  }

  private void forget() {
    Login old = login;
    login = null;
    if (old != null) {
      old.token().close();
    }
  }

  @Override
  public void close() {
    forget();
  }

  /** One flat object of texts, without a String of any of them. */
  static final class Json {
    /** Its array can be wiped. */
    private static final class Bytes extends ByteArrayOutputStream {
      byte[] taken() {
        byte[] all = toByteArray();
        Arrays.fill(buf, (byte) 0);
        return all;
      }
    }

    private final Bytes out = new Bytes();

    Json() {
      // A proof fits: what grew would leave the shorter array behind.
      out.writeBytes(new byte[16_384]);
      out.reset();
      out.write('{');
    }

    /** Wipes the value. */
    void put(String name, byte[] value) {
      if (out.size() > 1) {
        out.write(',');
      }
      out.writeBytes(("\"" + name + "\":\"").getBytes(StandardCharsets.US_ASCII));
      for (byte one : value) {
        if (one == '"' || one == '\\') {
          out.write('\\');
          out.write(one);
        } else if (one >= 0 && one < ' ') {
          out.writeBytes("\\u%04x".formatted(one).getBytes(StandardCharsets.US_ASCII));
        } else {
          out.write(one);
        }
      }
      out.write('"');
      Arrays.fill(value, (byte) 0);
    }

    byte[] end() {
      out.write('}');
      return out.taken();
    }
  }
}
