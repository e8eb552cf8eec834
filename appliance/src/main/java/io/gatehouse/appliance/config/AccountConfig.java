package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who the gate is on a target for some callers.
 *
 * @param groups callers who are in one of them
 * @param subjects callers of one of these names
 * @param credential instead of the target's; empty for the same
 * @param role instead of the target's
 */
public record AccountConfig(
    Set<String> groups,
    Set<String> subjects,
    Optional<CredentialConfig> credential,
    Optional<String> role) {
  public AccountConfig {
    groups = Set.copyOf(groups);
    subjects = Set.copyOf(subjects);
  }

  static AccountConfig read(Section section, Protocol protocol, Environment environment) {
    Protocols.postgresqlOnly(section, protocol, "role");
    AccountConfig account =
        new AccountConfig(
            section.find("groups", AccountConfig::names).orElse(Set.of()),
            section.find("subjects", AccountConfig::names).orElse(Set.of()),
            section.find(
                "credential",
                item -> item.section(from -> CredentialConfig.read(from, protocol, environment))),
            section.find("role", Item::text));
    if (account.groups.isEmpty() && account.subjects.isEmpty()) {
      section.problem("must say for whom it is: groups, subjects or both");
    }
    if (account.credential.isEmpty() && account.role.isEmpty()) {
      section.problem("must have a credential or a role of its own");
    }
    return account;
  }

  private static Set<String> names(Item item) {
    return item.items().stream().map(Item::text).collect(Collectors.toSet());
  }
}
