package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.identity.Users;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.security.MessageDigest;

/** Who may change the gate from the command line. */
record Operators(Users users) {
  static final String GROUP = "policy-operators";

  /** Takes the same time for a name that is not there. */
  boolean proved(String name, Secret password) {
    ScramVerifier verifier = users.verifierFor(name);
    ScramKeys keys = ScramKeys.derive(password, verifier.salt(), verifier.iterations());
    boolean fits = MessageDigest.isEqual(Sha256.digest(keys.clientKey()), verifier.storedKey());
    return fits && users.find(name).filter(user -> user.groups().contains(GROUP)).isPresent();
  }
}
