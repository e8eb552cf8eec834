package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.Optional;

/**
 * Who the gate is on a target.
 *
 * @param user the database user; empty where the source of its password says who it is
 * @param password where its password is; empty where the target trusts the connection itself
 */
public record CredentialConfig(Optional<String> user, Optional<PasswordReference> password) {

  static CredentialConfig read(Section section, Environment environment) {
    Optional<PasswordReference> password =
        section.find("password", item -> PasswordReference.read(item, environment));
    boolean fromSource = password.filter(PasswordReference.OfSource.class::isInstance).isPresent();
    Optional<String> user =
        fromSource ? section.find("user", Item::text) : Optional.of(section.require("user").text());
    boolean trust = section.find("trust", item -> item.flag()).orElse(false);
    if (password.isPresent() == trust) {
      section.problem(
          "must have either a password reference, or trust: true where the target asks for none");
    }
    return new CredentialConfig(user, password);
  }
}
