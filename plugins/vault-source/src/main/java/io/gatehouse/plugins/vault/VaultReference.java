package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is wanted of a Vault. */
sealed interface VaultReference {
  /** As the API has it, without the version in front. */
  String path();

  /** Key-value, version 2. */
  record KeyValue(String path, String field, Optional<String> userField)
      implements VaultReference {}

  /** A user of a database whose password Vault replaces. */
  record Static(String path) implements VaultReference {}

  /** A user of a database that Vault makes for a time. */
  record Dynamic(String path) implements VaultReference {}

  static VaultReference of(Map<String, String> reference) throws SecretUnavailableException {
    String engine = require(reference, "engine");
    boolean keyValue = engine.equals("kv");
    Set<String> others = new TreeSet<>(reference.keySet());
    others.removeAll(
        keyValue ? Set.of("engine", "path", "field", "user-field") : Set.of("engine", "path"));
    if (!others.isEmpty()) {
      throw wrong(String.join(", ", others) + ": means nothing for the engine " + engine);
    }
    String path = require(reference, "path");
    if (!VaultConfig.PATH.matcher(path).matches() || path.startsWith("v1/")) {
      throw wrong("path must be one of the API, without /v1/ in front");
    }
    return switch (engine) {
      case "kv" ->
          new KeyValue(
              path,
              reference.getOrDefault("field", "password"),
              Optional.ofNullable(reference.get("user-field")));
      case "static" -> new Static(path);
      case "dynamic" -> new Dynamic(path);
      default -> throw wrong("engine must be kv, static or dynamic");
    };
  }

  private static String require(Map<String, String> reference, String key)
      throws SecretUnavailableException {
    @Nullable String value = reference.get(key);
    if (value == null) {
      throw wrong(key + " is missing");
    }
    return value;
  }

  private static SecretUnavailableException wrong(String message) {
    return new SecretUnavailableException(Reason.REFERENCE, message);
  }
}
