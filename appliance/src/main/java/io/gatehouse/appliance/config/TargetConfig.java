package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.CallerTag;
import io.gatehouse.appliance.pin.PinMode;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.net.TlsMaterial;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something behind the gate.
 *
 * @param name its name in the configuration, in logs and metrics
 * @param protocol what it speaks
 * @param endpoint where it listens
 * @param database the database to open there; empty means the one the client asked for. Of an MCP
 *     server the path at which it serves
 * @param credential who the gate is there
 * @param role the role to take on after login
 * @param accounts who the gate is there for some callers
 * @param parameters start-up parameters that the gate sets
 * @param strictness what it takes to serve it
 * @param pins which definitions of tools count, if it is said
 * @param sql the arguments of its tools that are SQL
 */
public record TargetConfig(
    String name,
    Protocol protocol,
    EndpointConfig endpoint,
    Optional<String> database,
    CredentialConfig credential,
    Optional<String> role,
    List<AccountConfig> accounts,
    Map<String, String> parameters,
    Strictness strictness,
    Optional<PinMode> pins,
    List<SqlArgumentConfig> sql) {

  /** What it takes to serve a target. */
  public enum Strictness {
    /** Definitions outside the gate may stay unknown for a time. */
    ORDINARY,
    /** Definitions outside the gate are reported at once, or nothing is served. */
    STRICT,
    /** Strict, but somebody has put in writing that definitions may stay unknown for a time. */
    STRICT_WITH_WINDOW
  }

  /** Where a target listens. */
  public sealed interface EndpointConfig {}

  /** Over TCP. */
  public record Tcp(String host, int port, TargetTls tls) implements EndpointConfig {}

  /** On the same machine. */
  public record UnixSocket(Path path) implements EndpointConfig {}

  /** How the connection to a target is protected. */
  public sealed interface TargetTls {}

  /**
   * The target proves who it is.
   *
   * @param hostName whether its certificate must also carry the host name (verify-full)
   * @param ca the certificates to trust; empty means those the Java runtime trusts
   */
  public record Verified(boolean hostName, Optional<Path> ca) implements TargetTls {
    /** Reads the file now. */
    public SslContext context(Protocol protocol) throws TlsMaterial.UnusableException {
      return TlsMaterial.upstream(ca.orElse(null), hostName, Protocols.upstreamAlpn(protocol));
    }
  }

  /** Everything, the credential's proof included, can be read on the way. */
  public record Unencrypted() implements TargetTls {}

  private static final Map<String, Boolean> MODES = Map.of("verify-full", true, "verify-ca", false);
  private static final Map<String, TargetTls> WITHOUT =
      Map.of("send-everything-unencrypted", new Unencrypted());

  private static final Map<String, PinMode> PINS =
      Map.of("first-use", PinMode.FIRST_USE, "reviewed", PinMode.REVIEWED, "off", PinMode.OFF);

  private static final String USUAL_PATH = "/mcp";

  /** RFC 3986, section 3.3; a query is the client's. */
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]{0,1023}");

  public TargetConfig {
    accounts = List.copyOf(accounts);
    parameters = Map.copyOf(parameters);
    sql = List.copyOf(sql);
  }

  /** Which definitions of tools count. */
  public PinMode pinMode() {
    return pins.orElse(protocol == Protocol.MCP ? PinMode.FIRST_USE : PinMode.OFF);
  }

  static TargetConfig read(Section section, Environment environment) {
    Protocol protocol = section.require("protocol").oneOf(Protocols.BY_WORD);
    Protocols.postgresqlOnly(
        section, protocol, "role", "parameters", "strict", "accept-definition-window");
    Protocols.only(section, Protocols.OF_DATABASES, protocol, "database", "unix-socket");
    Protocols.only(section, List.of(Protocol.MCP), protocol, "path", "pins", "sql");
    return new TargetConfig(
        section.require("name").text(),
        protocol,
        endpoint(section, protocol),
        database(section, protocol),
        section
            .require("credential")
            .section(credential -> CredentialConfig.read(credential, protocol, environment)),
        section.find("role", Item::text),
        section.find("accounts", item -> accounts(item, protocol, environment)).orElse(List.of()),
        section.find("parameters", TargetConfig::parameters).orElse(Map.of()),
        strictness(section),
        section.find("pins", item -> item.oneOf(PINS)),
        section.find("sql", SqlArgumentConfig::all).orElse(List.of()));
  }

  private static Optional<String> database(Section section, Protocol protocol) {
    Optional<String> named = section.find("database", Item::text);
    return protocol == Protocol.MCP
        ? Optional.of(section.find("path", TargetConfig::path).orElse(USUAL_PATH))
        : named;
  }

  private static String path(Item item) {
    String path = item.text();
    if (!PATH.matcher(path).matches()) {
      item.problem("must begin with a slash, and be as it goes into a request");
    }
    return path;
  }

  private static List<AccountConfig> accounts(
      Item item, Protocol protocol, Environment environment) {
    return item.items().stream()
        .map(one -> one.section(section -> AccountConfig.read(section, protocol, environment)))
        .toList();
  }

  private static Strictness strictness(Section section) {
    boolean strict = section.find("strict", Item::flag).orElse(false);
    boolean window = section.find("accept-definition-window", Item::flag).orElse(false);
    if (window && !strict) {
      section.problem(
          "has accept-definition-window, which means something for strict targets only");
    }
    if (!strict) {
      return Strictness.ORDINARY;
    }
    return window ? Strictness.STRICT_WITH_WINDOW : Strictness.STRICT;
  }

  private static EndpointConfig endpoint(Section section, Protocol protocol) {
    Optional<Path> socket = section.find("unix-socket", Item::location);
    Optional<String> host = section.find("host", Item::text);
    Optional<Integer> port = section.find("port", item -> (int) item.wholeNumber(1, 65_535));
    Optional<TargetTls> tls = tls(section, protocol);
    if (socket.isPresent()) {
      if (host.isPresent() || port.isPresent() || tls.isPresent()) {
        section.problem("has a unix-socket, so host, port, tls and without-tls do not apply");
      }
      return new UnixSocket(socket.get());
    }
    if (host.isEmpty()) {
      section.problem(
          protocol == Protocol.MCP ? "must have a host" : "must have a host or a unix-socket");
    }
    return new Tcp(
        host.orElse(""),
        port.orElse(Protocols.port(protocol, !(tls.orElse(null) instanceof Unencrypted))),
        tls.orElseGet(() -> new Verified(true, Optional.empty())));
  }

  private static Optional<TargetTls> tls(Section section, Protocol protocol) {
    Optional<TargetTls> verified =
        section.find("tls", item -> item.section(tls -> verified(tls, protocol)));
    Optional<TargetTls> without = section.find("without-tls", item -> item.oneOf(WITHOUT));
    if (verified.isPresent() && without.isPresent()) {
      section.problem("has tls and without-tls; only one of them can be meant");
    }
    return verified.or(() -> without);
  }

  private static TargetTls verified(Section tls, Protocol protocol) {
    Verified verified =
        new Verified(
            tls.find("mode", item -> item.oneOf(MODES)).orElse(true), tls.find("ca", Item::file));
    if (verified.ca.isEmpty() || Files.isRegularFile(verified.ca.get())) {
      try {
        verified.context(protocol);
      } catch (TlsMaterial.UnusableException e) {
        tls.problem(String.valueOf(e.getMessage()));
      }
    }
    return verified;
  }

  private static Map<String, String> parameters(Item item) {
    Map<String, String> parameters = new TreeMap<>();
    item.section(
        section -> {
          section.entries().forEach((name, value) -> parameters.put(name, parameter(name, value)));
          return parameters;
        });
    return parameters;
  }

  private static String parameter(String name, Item value) {
    String text = value.text();
    // Elsewhere it would be somebody's word in a setting.
    if (text.contains(CallerTag.PLACE) && !name.equals(CallerTag.PARAMETER)) {
      value.problem("has " + CallerTag.PLACE + ", which only " + CallerTag.PARAMETER + " may have");
    }
    return text;
  }
}
