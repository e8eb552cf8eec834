package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.GatehousePlugin;
import io.gatehouse.plugin.secret.SecretSourceFactory;
import java.util.List;

/** Brings secret sources of the kind vault. */
public final class VaultPlugin implements GatehousePlugin {

  @Override
  public List<SecretSourceFactory> secretSources() {
    return List.of(new VaultFactory());
  }
}
