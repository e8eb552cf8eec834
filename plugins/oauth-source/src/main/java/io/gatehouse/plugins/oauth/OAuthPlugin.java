package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.GatehousePlugin;
import io.gatehouse.plugin.secret.SecretSourceFactory;
import java.util.List;

/** Brings secret sources of the kind oauth. */
public final class OAuthPlugin implements GatehousePlugin {

  @Override
  public List<SecretSourceFactory> secretSources() {
    return List.of(new OAuthFactory());
  }
}
