package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import io.gatehouse.plugins.http.HttpPlace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How to reach a Vault, and as whom. */
record VaultConfig(HttpPlace place, Optional<String> namespace, VaultAuth auth) {
  private static final Set<String> KEYS =
      Set.of(
          "address",
          HttpPlace.WITHOUT_TLS,
          HttpPlace.CA,
          "namespace",
          "auth",
          "mount",
          "token-file",
          "role-id-file",
          "secret-id-file",
          "role",
          "jwt-file");
  private static final String SERVICE_ACCOUNT =
      "/var/run/secrets/kubernetes.io/serviceaccount/token";

  /** What may stand between slashes of a path of the API. */
  static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*");

  static VaultConfig of(SourceSettings settings) throws UnusableSettingException {
    settings.refuseOthers(KEYS);
    Optional<String> namespace = settings.find("namespace");
    if (namespace.isPresent()) {
      requirePath("namespace", namespace.get());
    }
    return new VaultConfig(HttpPlace.withoutPath(settings, "address"), namespace, auth(settings));
  }

  private static VaultAuth auth(SourceSettings settings) throws UnusableSettingException {
    String method = settings.require("auth");
    String mount = settings.find("mount").orElse(method);
    requirePath("mount", mount);
    return switch (method) {
      case "token" -> new VaultAuth.Token(file(settings, "token-file"));
      case "approle" ->
          new VaultAuth.AppRole(
              mount,
              file(settings, "role-id-file"),
              settings.find("secret-id-file").map(settings::path));
      case "kubernetes" ->
          new VaultAuth.Kubernetes(
              mount,
              settings.require("role"),
              settings.path(settings.find("jwt-file").orElse(SERVICE_ACCOUNT)));
      default -> throw new UnusableSettingException("auth must be token, approle or kubernetes");
    };
  }

  private static Path file(SourceSettings settings, String key) throws UnusableSettingException {
    return settings.path(settings.require(key));
  }

  private static void requirePath(String key, String value) throws UnusableSettingException {
    if (!PATH.matcher(value).matches()) {
      throw new UnusableSettingException(key + " is not a path of the API");
    }
  }
}
