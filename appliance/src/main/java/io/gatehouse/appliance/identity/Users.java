package io.gatehouse.appliance.identity;

import io.gatehouse.spi.login.ScramVerifier;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everyone who may log in, at one moment. Immutable. */
public final class Users {
  /** Lasts as long as the process, so that an unknown name keeps its salt across reloads. */
  private static final byte[] DECOY_SECRET = new byte[32];

  static {
    new SecureRandom().nextBytes(DECOY_SECRET);
  }

  private final Map<String, User> byName;

  public Users(Collection<User> users) {
    byName = users.stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
  }

  public Optional<User> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public int count() {
    return byName.size();
  }

  public Collection<User> all() {
    return byName.values();
  }

  /** What the login dialogue runs against; for an unknown name, one that no password fits. */
  public ScramVerifier verifierFor(String name) {
    User user = byName.get(name);
    return user != null
        ? user.verifier()
        : ScramVerifier.decoy(DECOY_SECRET, name, ScramVerifier.DEFAULT_ITERATIONS);
  }

  /** Who it is now, if the verifier that was proved is still the name's own. */
  public Optional<User> proved(String name, ScramVerifier verifier) {
    return find(name).filter(user -> user.verifier().encoded().equals(verifier.encoded()));
  }
}
