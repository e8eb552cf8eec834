package io.gatehouse.spi;

import io.gatehouse.spi.login.Credential;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a target and with which held credential.
 *
 * @param target the target's name
 * @param endpoint where it listens
 * @param credential who the gate is there
 * @param database the database to open there
 * @param role the role to take on after login, or null for the credential's own
 * @param parameters start-up parameters to send beside those the client asked for
 */
public record Upstream(
    String target,
    Endpoint endpoint,
    Credential credential,
    String database,
    @Nullable String role,
    Map<String, String> parameters) {

  /** Where a target listens. */
  public sealed interface Endpoint {}

  /**
   * @param tls how to prove the server's identity; null means plain TCP, which the configuration
   *     must have asked for in so many words
   */
  public record Tcp(String host, int port, @Nullable SslContext tls) implements Endpoint {}

  public record UnixSocket(Path path) implements Endpoint {}

  public Upstream {
    parameters = Map.copyOf(parameters);
  }

  /** The same by another credential. */
  public Upstream by(Credential other) {
    return other.equals(credential)
        ? this
        : new Upstream(target, endpoint, other, database, role, parameters);
  }

  /** The same with other start-up parameters. */
  public Upstream with(Map<String, String> others) {
    return new Upstream(target, endpoint, credential, database, role, others);
  }

  /** With what the credential is now; the same if it has ended. */
  public Upstream current() {
    return by(credential.current().orElse(credential));
  }
}
