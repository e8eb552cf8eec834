package io.gatehouse.spi;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the client asked for before it proved anything.
 *
 * @param user the requested name
 * @param database the requested database, already defaulted as the protocol's server would
 * @param parameters the other start-up parameters that the listener's allow-list let through
 * @param tls the TLS facts, empty on a plain connection
 */
public record LoginRequest(
    String user, String database, Map<String, String> parameters, Optional<TlsFacts> tls) {

  /**
   * @param version of TLS, as Java names it
   * @param suite of ciphers, as Java names it
   * @param serverName the name of the SNI extension, empty if none
   * @param clientCertificates the verified client chain, leaf first, empty if none
   */
  public record TlsFacts(
      String version,
      String suite,
      Optional<String> serverName,
      List<X509Certificate> clientCertificates) {
    public TlsFacts {
      clientCertificates = List.copyOf(clientCertificates);
    }
  }

  public LoginRequest {
    parameters = Map.copyOf(parameters);
  }

  /** The same in another database. */
  public LoginRequest in(String other) {
    return new LoginRequest(user, other, parameters, tls);
  }
}
