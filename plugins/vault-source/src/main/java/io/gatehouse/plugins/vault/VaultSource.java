package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugin.secret.Term;
import io.gatehouse.plugins.http.JsonAnswer;
import io.gatehouse.plugins.vault.VaultHttp.Given;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Secrets of one Vault. By the source's own thread. */
final class VaultSource implements SecretSource {
  private final VaultHttp http;
  private final VaultTokens tokens;

  VaultSource(VaultHttp http, VaultTokens tokens) {
    this.http = http;
    this.tokens = tokens;
  }

  @Override
  public FetchedSecret fetch(Map<String, String> reference) throws SecretUnavailableException {
    VaultReference wanted = VaultReference.of(reference);
    try (JsonAnswer answer = read(wanted.path())) {
      return switch (wanted) {
        case VaultReference.KeyValue(_, String field, Optional<String> userField) -> {
          FetchedSecret secret =
              FetchedSecret.of(answer.secret("data", "data", field), new Term.Open());
          yield userField.isPresent()
              ? secret.ofUser(user(answer, "data", "data", userField.get()))
              : secret;
        }
        case VaultReference.Static _ ->
            FetchedSecret.of(
                    answer.secret("data", "password"),
                    answer
                        .whole("data", "ttl")
                        .<Term>map(ttl -> new Term.Replaced(Duration.ofSeconds(ttl)))
                        .orElse(new Term.Open()))
                .ofUser(user(answer, "data", "username"));
        case VaultReference.Dynamic _ ->
            FetchedSecret.of(answer.secret("data", "password"), leased(answer))
                .ofUser(user(answer, "data", "username"));
      };
    }
  }

  private static String user(JsonAnswer answer, String... path) throws SecretUnavailableException {
    return answer
        .text(path)
        .orElseThrow(
            () -> new SecretUnavailableException(Reason.UNREADABLE, "the answer names no user"));
  }

  private Term leased(JsonAnswer answer) throws SecretUnavailableException {
    Duration granted = Duration.ofSeconds(answer.whole("lease_duration").orElse(0L));
    String lease =
        answer
            .text("lease_id")
            .filter(id -> !id.isEmpty())
            .orElseThrow(
                () ->
                    new SecretUnavailableException(
                        Reason.UNREADABLE, "the answer has no lease; is the engine dynamic?"));
    return new Term.Ends(withToken(granted), Optional.of(tokens.login() + " " + lease));
  }

  /** What a token leased is revoked when it ends. */
  private Duration withToken(Duration granted) throws SecretUnavailableException {
    return tokens.left().filter(left -> left.compareTo(granted) < 0).orElse(granted);
  }

  @Override
  public Optional<Duration> extend(String lease) throws SecretUnavailableException {
    int space = lease.indexOf(' ');
    byte[] token = tokens.token(); // may be another from here on
    try {
      if (!lease.substring(0, space).equals(String.valueOf(tokens.login()))) {
        return Optional.empty();
      }
      VaultTokens.Json body = new VaultTokens.Json();
      body.put("lease_id", lease.substring(space + 1).getBytes(StandardCharsets.UTF_8));
      Given given = http.post("sys/leases/renew", Optional.of(token), body.end());
      if (given instanceof Given.Answered(JsonAnswer answer)) {
        try (answer) {
          return Optional.of(
              withToken(Duration.ofSeconds(answer.whole("lease_duration").orElse(0L))));
        }
      }
      return Optional.empty();
    } finally {
      Arrays.fill(token, (byte) 0);
    }
  }

  private JsonAnswer read(String path) throws SecretUnavailableException {
    Given given = asked(path);
    if (given instanceof Given.Status(int code) && code == 403 && tokens.another()) {
      given = asked(path);
    }
    return switch (given) {
      case Given.Answered(JsonAnswer answer) -> answer;
      case Given.Status(int code) ->
          throw new SecretUnavailableException(
              reason(code), path + " was answered with status " + code);
    };
  }

  private Given asked(String path) throws SecretUnavailableException {
    byte[] token = tokens.token();
    try {
      return http.get(path, token);
    } finally {
      Arrays.fill(token, (byte) 0);
    }
  }

  private static Reason reason(int code) {
    return switch (code) {
      case 400 -> Reason.REFERENCE;
      case 401, 403 -> Reason.DENIED;
      case 404 -> Reason.NOT_FOUND;
      default -> code >= 429 ? Reason.UNREACHABLE : Reason.UNREADABLE;
    };
  }

  @Override
  public void close() {
    tokens.close();
  }
}
