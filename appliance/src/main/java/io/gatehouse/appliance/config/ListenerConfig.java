package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.postgres.PostgresListener;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where clients connect.
 *
 * @param name its name in logs and metrics
 * @param bind the address and port
 * @param tls who the gate is towards clients; empty means no TLS
 * @param plaintext whether clients may log in without TLS
 * @param login how it is decided what proves a client
 * @param startupParameters what clients may set when they connect, in lower case
 * @param databases the name a client asks for to the name of a target; "*" is any other name
 */
public record ListenerConfig(
    String name,
    BindConfig bind,
    Optional<ListenerTls> tls,
    boolean plaintext,
    Login login,
    Set<String> startupParameters,
    Map<String, String> databases) {

  /** How it is decided what proves a client. */
  public enum Login {
    BY_NAME,
    OAUTH
  }

  /**
   * The certificate that clients see.
   *
   * @param certificate the chain in PEM, leaf first
   * @param key the private key in PEM (PKCS#8, not encrypted)
   * @param clientCa who may sign client certificates; empty means none are asked for
   */
  public record ListenerTls(Path certificate, Path key, Optional<Path> clientCa) {
    static ListenerTls read(Section section) {
      ListenerTls tls =
          new ListenerTls(
              section.require("certificate").file(),
              section.require("key").file(),
              section.find("client-ca", Item::file));
      if (Files.isRegularFile(tls.certificate) && Files.isRegularFile(tls.key)) {
        try {
          tls.identity();
        } catch (TlsMaterial.UnusableException e) {
          section.problem(String.valueOf(e.getMessage()));
        }
      }
      return tls;
    }

    /** Reads the files now. */
    public ServerIdentity identity() throws TlsMaterial.UnusableException {
      return TlsMaterial.server(certificate, key, clientCa.orElse(null), ALPN);
    }
  }

  /** The name under which PostgreSQL's protocol is registered for ALPN. */
  static final List<String> ALPN = List.of("postgresql");

  static final int DEFAULT_PORT = 5432;
  private static final Map<String, Boolean> WITHOUT_TLS = Map.of("refuse", false, "accept", true);

  private static final Map<String, Login> LOGINS =
      Map.of("by-name", Login.BY_NAME, "oauth", Login.OAUTH);

  public ListenerConfig {
    startupParameters = Set.copyOf(startupParameters);
    databases = Map.copyOf(databases);
  }

  static ListenerConfig read(Section section) {
    Optional<ListenerTls> tls = section.find("tls", item -> item.section(ListenerTls::read));
    boolean plaintext =
        section.find("clients-without-tls", item -> item.oneOf(WITHOUT_TLS)).orElse(false);
    if (tls.isEmpty() && !plaintext) {
      section.problem(
          "has no tls, so nobody could connect; give tls.certificate and tls.key, or say"
              + " clients-without-tls: accept to let passwords' proofs and data pass unencrypted");
    }
    return new ListenerConfig(
        section.require("name").text(),
        BindConfig.read(section, DEFAULT_PORT),
        tls,
        plaintext,
        section.find("login", item -> item.oneOf(LOGINS)).orElse(Login.BY_NAME),
        section
            .find("startup-parameters", ListenerConfig::parameters)
            .orElse(PostgresListener.USUAL_PARAMETERS),
        databases(section.require("databases")));
  }

  private static Set<String> parameters(Item item) {
    Set<String> parameters = new TreeSet<>(PostgresListener.USUAL_PARAMETERS);
    item.items().forEach(name -> parameters.add(name.text().toLowerCase(Locale.ROOT)));
    return parameters;
  }

  private static Map<String, String> databases(Item item) {
    Map<String, String> databases = new TreeMap<>();
    item.section(
        section -> {
          section.entries().forEach((name, target) -> databases.put(name, target.text()));
          if (databases.isEmpty()) {
            section.problem("must name at least one database");
          }
          return databases;
        });
    return databases;
  }
}
