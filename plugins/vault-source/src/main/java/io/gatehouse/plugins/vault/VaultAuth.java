package io.gatehouse.plugins.vault;

import java.nio.file.Path;
import java.util.Optional;

/** As whom a Vault is asked. Files are read when they are needed, so they may be replaced. */
sealed interface VaultAuth {

  /** Somebody else, an agent say, keeps a token in a file. */
  record Token(Path file) implements VaultAuth {}

  record AppRole(String mount, Path roleId, Optional<Path> secretId) implements VaultAuth {}

  record Kubernetes(String mount, String role, Path jwt) implements VaultAuth {}
}
