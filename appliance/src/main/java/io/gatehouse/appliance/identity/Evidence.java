package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.Secret;
import java.time.Instant;

/** What a login came to. */
public sealed interface Evidence {

  record Proven(Caller caller, Standing standing) implements Evidence {
    static Proven of(User user, Instant now) {
      return new Proven(
          Caller.of(user.name(), user.groups(), ProofMethod.LOCAL_PASSWORD), Standing.local(now));
    }

    static Proven of(TokenIdentity token) {
      return new Proven(token.caller(), Standing.of(token));
    }

    static Proven of(IssuedCredential credential) {
      return new Proven(credential.holder().caller(), Standing.of(credential));
    }
  }

  /**
   * @param reason for the log and the journal, and for nobody else
   */
  record Failed(String reason) implements Evidence {
    /** The one reason for whatever is wrong with a name and its password. */
    static final Failed PASSWORD = new Failed("password");

    /** A protocol that gets here is at fault. */
    static final Failed NOT_OFFERED = new Failed("not offered");

    static Failed notOffered(Secret secret) {
      secret.close();
      return NOT_OFFERED;
    }
  }
}
