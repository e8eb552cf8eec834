package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretSourceFactory;
import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;

/** The kind oauth. */
final class OAuthFactory implements SecretSourceFactory {

  @Override
  public String kind() {
    return "oauth";
  }

  @Override
  public SecretSource open(SourceSettings settings) throws UnusableSettingException {
    return new OAuthSource(OAuthConfig.of(settings), System::nanoTime);
  }
}
