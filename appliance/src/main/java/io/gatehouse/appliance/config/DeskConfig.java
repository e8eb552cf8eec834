package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where people get short-lived credentials.
 *
 * @param bind the address and port
 * @param tls who the desk is
 * @param lifetime how long a credential is good, unless less is asked for
 * @param provider where people prove who they are, by OpenID Connect
 * @param saml where people prove who they are, by SAML; one of both is there
 * @param offers what can be reached with a credential
 * @param refresh how the provider is asked for groups again, if it is
 * @param logout whose logouts are heard, if anybody's
 */
public record DeskConfig(
    BindConfig bind,
    DeskTls tls,
    Duration lifetime,
    Optional<Provider> provider,
    Optional<SamlConfig> saml,
    List<Offer> offers,
    Optional<RefreshConfig> refresh,
    Optional<LogoutConfig> logout) {

  /** Under which its certificate is known beside those of listeners. */
  public static final String NAME = "desk";

  private static final int DEFAULT_PORT = 8443;
  private static final int DEFAULT_MINUTES = 60;
  private static final int MOST_MINUTES = 720;

  /** Names and hosts are shown, and put into environments: nothing that means anything there. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,252}");

  /** RFC 6749, section 3.3 and appendix A.1. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128}");

  private static final Pattern CLIENT = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final Pattern DATABASE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,63}");

  public DeskConfig {
    offers = List.copyOf(offers);
  }

  /** Without SAML, and where nothing is asked again and no logout is heard. */
  public DeskConfig(
      BindConfig bind, DeskTls tls, Duration lifetime, Provider provider, List<Offer> offers) {
    this(
        bind,
        tls,
        lifetime,
        Optional.of(provider),
        Optional.empty(),
        offers,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * @param issuer one of those whose tokens the gate takes
   * @param clientId of a public client
   */
  public record Provider(String issuer, String clientId, List<String> scopes) {
    public Provider {
      scopes = List.copyOf(scopes);
    }

    static Provider read(Section section) {
      return new Provider(
          section.require("issuer").text(),
          matching(section.require("client-id"), CLIENT, "must have 1 to 255 printable characters"),
          section
              .find("scopes", Provider::scopes)
              .filter(scopes -> !scopes.isEmpty())
              .orElse(List.of("openid")));
    }

    private static List<String> scopes(Item item) {
      return item.items().stream()
          .map(scope -> matching(scope, SCOPE, "is not a scope (RFC 6749, section 3.3)"))
          .toList();
    }
  }

  /** A place that a credential opens. */
  public record Offer(String name, String host, int port, String database) {
    static Offer read(Section section) {
      return new Offer(
          plain(section.require("name")),
          plain(section.require("host")),
          section
              .find("port", item -> (int) item.wholeNumber(1, 65_535))
              .orElse(Protocols.port(Protocol.POSTGRESQL, true)),
          matching(
              section.require("database"),
              DATABASE,
              "must have 1 to 63 characters, none of them a control character"));
    }
  }

  /**
   * The certificate that the commands see; its names are what they may call the desk.
   *
   * @param certificate the chain in PEM, leaf first
   * @param key the private key in PEM (PKCS#8, not encrypted)
   */
  public record DeskTls(Path certificate, Path key) {
    static DeskTls read(Section section) {
      DeskTls tls =
          new DeskTls(section.require("certificate").file(), section.require("key").file());
      if (Files.isRegularFile(tls.certificate) && Files.isRegularFile(tls.key)) {
        try {
          if (tls.identity().certificate().getSubjectAlternativeNames() == null) {
            section.problem("has a certificate without names of hosts (subjectAltName)");
          }
        } catch (TlsMaterial.UnusableException | CertificateParsingException e) {
          section.problem(String.valueOf(e.getMessage()));
        }
      }
      return tls;
    }

    /** Reads the files now. */
    public ServerIdentity identity() throws TlsMaterial.UnusableException {
      return TlsMaterial.server(certificate, key, null, List.of("http/1.1"));
    }
  }

  static DeskConfig read(Item item, Environment environment) {
    return item.section(section -> read(section, environment));
  }

  private static DeskConfig read(Section section, Environment environment) {
    Optional<Item> saml = section.find("saml");
    Optional<Provider> provider = provider(section, saml.isPresent());
    Optional<Item> refresh = section.find("refresh");
    Optional<Item> logout = section.find("logout");
    if (provider.isEmpty() && (refresh.isPresent() || logout.isPresent())) {
      section.problem("has refresh or logout, but no provider that could be asked or tell");
    }
    return new DeskConfig(
        BindConfig.read(section, DEFAULT_PORT),
        section.require("tls").section(DeskTls::read),
        Duration.ofMinutes(
            section
                .find("credential-minutes", item -> item.wholeNumber(1, MOST_MINUTES))
                .orElse((long) DEFAULT_MINUTES)),
        provider,
        saml.flatMap(item -> item.section(SamlConfig::read)),
        offers(section.require("offers")),
        refresh.map(item -> item.section(some -> RefreshConfig.read(some, environment))),
        logout.map(item -> item.section(some -> LogoutConfig.read(some, provider))));
  }

  private static Optional<Provider> provider(Section section, boolean saml) {
    return saml
        ? section.find("provider", item -> item.section(Provider::read))
        : Optional.of(section.require("provider").section(Provider::read));
  }

  private static List<Offer> offers(Item item) {
    List<Offer> offers = item.items().stream().map(one -> one.section(Offer::read)).toList();
    if (offers.isEmpty()) {
      item.problem("must have at least one entry");
    }
    if (offers.stream().map(Offer::name).distinct().count() < offers.size()) {
      item.problem("has two entries of one name");
    }
    return offers;
  }

  private static String plain(Item item) {
    return matching(item, PLAIN, "must be letters, digits, dots, colons, dashes and underscores");
  }

  private static String matching(Item item, Pattern pattern, String otherwise) {
    String text = item.text();
    if (!text.isEmpty() && !pattern.matcher(text).matches()) {
      item.problem(otherwise);
    }
    return text;
  }

  /** By its name. */
  public Optional<Offer> offer(String name) {
    return offers.stream().filter(offer -> offer.name().equals(name)).findFirst();
  }
}
