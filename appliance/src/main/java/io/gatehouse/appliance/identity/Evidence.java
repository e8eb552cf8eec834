package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import io.gatehouse.appliance.identity.token.TokenRefusal;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.Secret;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** However each proved it. An agent that acts for somebody is not that somebody. */
    public boolean sameCaller(Proven other) {
      return caller.subject().equals(other.caller.subject())
          && caller.actor().equals(other.caller.actor())
          && caller.kind() == other.caller.kind();
    }
  }

  /**
   * @param reason for the log and the journal, and for nobody else
   */
  record Failed(String reason) implements Evidence {
    /** The one reason for whatever is wrong with a name and its password. */
    static final Failed PASSWORD = new Failed("password");

    /** Of reasons that say nothing about who tried. */
    private static final Set<String> OURS =
        Stream.of(
                TokenRefusal.KEYS_UNAVAILABLE,
                TokenRefusal.KEYS_OUTDATED,
                TokenRefusal.BUSY,
                TokenRefusal.FAILED)
            .map(Failed::reason)
            .collect(Collectors.toUnmodifiableSet());

    static Failed of(TokenRefusal refusal) {
      return new Failed(reason(refusal));
    }

    private static String reason(TokenRefusal refusal) {
      return "token " + refusal.code();
    }

    /** Nothing was tried: who wants to know where to get a token comes without one. */
    static final Failed NO_TOKEN = new Failed("no token");

    /**
     * Whether it is held against where it came from: something was tried, and neither the gate nor
     * what it needs is why it failed.
     */
    public boolean counts() {
      return !OURS.contains(reason) && !equals(NO_TOKEN);
    }

    /** A protocol that gets here is at fault. */
    static final Failed NOT_OFFERED = new Failed("not offered");

    static Failed notOffered(Secret secret) {
      secret.close();
      return NOT_OFFERED;
    }
  }
}
