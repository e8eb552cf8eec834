package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
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
import java.util.regex.Pattern;

/**
 * Where clients connect.
 *
 * @param name its name in logs and metrics
 * @param protocol what it speaks, and all targets behind it
 * @param bind the address and port
 * @param tls who the gate is towards clients; empty means no TLS
 * @param plaintext whether clients may log in without TLS
 * @param login how it is decided what proves a client
 * @param startupParameters what clients may set when they connect, in lower case
 * @param serverVersion what it says it is, where clients ask before they say who they are
 * @param http what is particular to HTTP, where that is spoken
 * @param databases the name a client asks for to the name of a target; "*" is any other name. Over
 *     HTTP names are paths
 */
public record ListenerConfig(
    String name,
    Protocol protocol,
    BindConfig bind,
    Optional<ListenerTls> tls,
    boolean plaintext,
    Login login,
    Set<String> startupParameters,
    Optional<String> serverVersion,
    Optional<HttpConfig> http,
    Map<String, String> databases) {

  /** How it is decided what proves a client. */
  public enum Login {
    BY_NAME,
    OAUTH,
    /** Of HTTP, where each client brings a token. */
    BEARER
  }

  /**
   * The certificate that clients see.
   *
   * @param certificate the chain in PEM, leaf first
   * @param key the private key in PEM (PKCS#8, not encrypted)
   * @param clientCa who may sign client certificates; empty means none are asked for
   */
  public record ListenerTls(Path certificate, Path key, Optional<Path> clientCa) {
    static ListenerTls read(Section section, Protocol protocol) {
      Protocols.only(section, Protocols.OF_DATABASES, protocol, "client-ca");
      ListenerTls tls =
          new ListenerTls(
              section.require("certificate").file(),
              section.require("key").file(),
              section.find("client-ca", Item::file));
      if (Files.isRegularFile(tls.certificate) && Files.isRegularFile(tls.key)) {
        try {
          tls.identity(protocol);
        } catch (TlsMaterial.UnusableException e) {
          section.problem(String.valueOf(e.getMessage()));
        }
      }
      return tls;
    }

    /** Reads the files now. */
    public ServerIdentity identity(Protocol protocol) throws TlsMaterial.UnusableException {
      return TlsMaterial.server(certificate, key, clientCa.orElse(null), Protocols.alpn(protocol));
    }
  }

  /** Printable, and short enough for a greeting; drivers read the numbers. */
  private static final Pattern VERSION =
      Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}[!-~]{0,48}");

  private static final Map<String, Boolean> WITHOUT_TLS = Map.of("refuse", false, "accept", true);

  private static final Map<String, Login> LOGINS =
      Map.of("by-name", Login.BY_NAME, "oauth", Login.OAUTH);

  public ListenerConfig {
    startupParameters = Set.copyOf(startupParameters);
    databases = Map.copyOf(databases);
  }

  static ListenerConfig read(Section section) {
    Protocol protocol =
        section.find("protocol", item -> item.oneOf(Protocols.BY_WORD)).orElse(Protocol.POSTGRESQL);
    requireTheirKeys(section, protocol);
    Optional<ListenerTls> tls =
        section.find("tls", item -> item.section(from -> ListenerTls.read(from, protocol)));
    boolean plaintext =
        section.find("clients-without-tls", item -> item.oneOf(WITHOUT_TLS)).orElse(false);
    if (tls.isEmpty() && !plaintext) {
      section.problem(withoutTls(protocol));
    }
    boolean http = protocol == Protocol.MCP;
    if (http && tls.isPresent() && plaintext) {
      section.problem("has tls and clients-without-tls: accept; over HTTP a port has one of them");
    }
    return new ListenerConfig(
        section.require("name").text(),
        protocol,
        BindConfig.read(section, Protocols.port(protocol, tls.isPresent())),
        tls,
        plaintext,
        login(section, protocol),
        section
            .find("startup-parameters", ListenerConfig::parameters)
            .orElse(PostgresListener.USUAL_PARAMETERS),
        section.find("server-version", item -> serverVersion(item, protocol)),
        http ? Optional.of(HttpConfig.read(section)) : Optional.empty(),
        http
            ? HttpConfig.paths(section.require("paths"))
            : databases(section.require("databases")));
  }

  private static void requireTheirKeys(Section section, Protocol protocol) {
    Protocols.postgresqlOnly(section, protocol, "startup-parameters");
    Protocols.only(
        section, List.of(Protocol.POSTGRESQL, Protocol.MCP), protocol, "clients-without-tls");
    Protocols.only(section, Protocols.OF_DATABASES, protocol, "login", "databases");
    Protocols.only(
        section,
        List.of(Protocol.MCP),
        protocol,
        "paths",
        "names",
        "origins",
        "resource",
        "scopes");
  }

  private static Login login(Section section, Protocol protocol) {
    Login said = section.find("login", item -> item.oneOf(LOGINS)).orElse(Login.BY_NAME);
    return protocol == Protocol.MCP ? Login.BEARER : said;
  }

  private static String withoutTls(Protocol protocol) {
    String words = "has no tls, so nobody could connect; give tls.certificate and tls.key";
    String but = ", or say clients-without-tls: accept to let ";
    return switch (protocol) {
      case POSTGRESQL -> words + but + "passwords' proofs and data pass unencrypted";
      case MCP -> words + but + "tokens and data pass unencrypted";
      case MYSQL, MARIADB, INFERENCE -> words;
    };
  }

  private static String serverVersion(Item item, Protocol protocol) {
    String version = item.text();
    if (protocol == Protocol.MCP) {
      item.problem(Protocols.only(List.of(Protocol.MYSQL, Protocol.MARIADB), protocol));
    } else if (protocol == Protocol.POSTGRESQL) {
      item.problem("is for protocol: mysql and mariadb only; a PostgreSQL server says it itself");
    } else if (!VERSION.matcher(version).matches() || version.startsWith("5.5.5-")) {
      item.problem("must be a version such as 8.0.36 or 10.11.6-MariaDB, found \"" + version + '"');
    }
    return version;
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
