package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Section;
import java.util.Optional;

/**
 * Who the gate is on a target.
 *
 * @param user the database user
 * @param password where its password is; empty where the target trusts the connection itself
 */
public record CredentialConfig(String user, Optional<SecretReference> password) {

  static CredentialConfig read(Section section, Environment environment) {
    String user = section.require("user").text();
    Optional<SecretReference> password =
        section.find("password", item -> SecretReference.read(item, environment));
    boolean trust = section.find("trust", item -> item.flag()).orElse(false);
    if (password.isPresent() == trust) {
      section.problem(
          "must have either a password reference, or trust: true where the target asks for none");
    }
    return new CredentialConfig(user, password);
  }
}
