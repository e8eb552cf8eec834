package io.gatehouse.appliance.config;

import static java.util.stream.Collectors.toSet;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.Optional;
import java.util.Set;

/**
 * Logouts that the provider tells of (OpenID Connect Back-Channel Logout 1.0).
 *
 * @param clients whom they are for: in {@code aud}
 */
public record LogoutConfig(Set<String> clients) {
  public LogoutConfig {
    clients = Set.copyOf(clients);
  }

  static LogoutConfig read(Section section, Optional<DeskConfig.Provider> provider) {
    Set<String> own = provider.map(DeskConfig.Provider::clientId).stream().collect(toSet());
    return new LogoutConfig(section.find("clients", LogoutConfig::clients).orElse(own));
  }

  private static Set<String> clients(Item item) {
    Set<String> clients = item.items().stream().map(Item::text).collect(toSet());
    if (clients.isEmpty() || clients.stream().anyMatch(String::isBlank)) {
      item.problem("must have at least one client id, and none that is blank");
    }
    return clients;
  }
}
