package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import io.gatehouse.plugins.http.HttpPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where tokens come from, and as whom they are asked for.
 *
 * @param endpoint the server's token endpoint
 * @param secret of the client; read for each question, so it may be replaced
 * @param assumed how long a token is good of which the server does not say it
 */
record OAuthConfig(HttpPlace endpoint, String client, Path secret, Proof proof, Duration assumed) {
  private static final Set<String> KEYS =
      Set.of(
          "token-url",
          HttpPlace.WITHOUT_TLS,
          HttpPlace.CA,
          "client-id",
          "client-secret-file",
          "client-auth",
          "assumed-seconds");
  private static final long ASSUMED_SECONDS = 300;

  /** How the client shows its secret (RFC 6749, section 2.3.1). */
  enum Proof {
    BASIC,
    POST
  }

  static OAuthConfig of(SourceSettings settings) throws UnusableSettingException {
    settings.refuseOthers(KEYS);
    String client = settings.require("client-id");
    if (client.isEmpty()) {
      throw new UnusableSettingException("client-id is empty");
    }
    return new OAuthConfig(
        HttpPlace.withPath(settings, "token-url"),
        client,
        settings.path(settings.require("client-secret-file")),
        proof(settings),
        assumed(settings));
  }

  private static Proof proof(SourceSettings settings) throws UnusableSettingException {
    return switch (settings.find("client-auth").orElse("basic")) {
      case "basic" -> Proof.BASIC;
      case "post" -> Proof.POST;
      default -> throw new UnusableSettingException("client-auth must be basic or post");
    };
  }

  private static Duration assumed(SourceSettings settings) throws UnusableSettingException {
    Optional<String> seconds = settings.find("assumed-seconds");
    if (seconds.isEmpty()) {
      return Duration.ofSeconds(ASSUMED_SECONDS);
    }
    if (!seconds.get().matches("[1-9][0-9]{0,7}")) {
      throw new UnusableSettingException(
          "assumed-seconds must be a whole number from 1 to 99999999");
    }
    return Duration.ofSeconds(Long.parseLong(seconds.get()));
  }
}
