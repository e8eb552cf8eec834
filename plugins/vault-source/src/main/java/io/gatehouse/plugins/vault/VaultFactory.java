package io.gatehouse.plugins.vault;

import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretSourceFactory;
import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;

/** The kind vault. */
final class VaultFactory implements SecretSourceFactory {

  @Override
  public String kind() {
    return "vault";
  }

  @Override
  public SecretSource open(SourceSettings settings) throws UnusableSettingException {
    VaultConfig config = VaultConfig.of(settings);
    VaultHttp http = new VaultHttp(config);
    return new VaultSource(http, new VaultTokens(config.auth(), http, System::nanoTime));
  }
}
