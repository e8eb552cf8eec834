package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.identity.OAuthDirections;
import io.gatehouse.appliance.identity.issued.IssuedName;
import io.gatehouse.appliance.identity.token.TokenIssuer;
import io.gatehouse.appliance.identity.token.TokenIssuers;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.net.TlsMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may vouch for callers beside the users file, and how that is said to the gate.
 *
 * @param issuers whose tokens are accepted
 * @param providerCa who may sign the certificates of issuers' servers; empty means those that this
 *     Java trusts
 * @param tokenUser the user name with which the password is a token
 * @param oauth tokens by SASL OAUTHBEARER
 * @param certificates who comes with which client certificate
 * @param store where issued credentials and revocations are kept; without it there are none
 * @param localUsers who may still log in by the users file
 */
public record IdentityConfig(
    TokenIssuers issuers,
    Optional<Path> providerCa,
    Optional<String> tokenUser,
    Optional<OAuthConfig> oauth,
    Optional<CertificatesConfig> certificates,
    Optional<StoreLocation> store,
    SessionRules sessions,
    LocalUsers localUsers) {

  /** What becomes of logins by the users file, where issuers are configured. */
  public enum LocalUsers {
    ALARM,
    REFUSE
  }

  /** Nobody but the users file. */
  static final IdentityConfig NONE =
      new IdentityConfig(
          new TokenIssuers(List.of()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          SessionRules.USUAL,
          LocalUsers.ALARM);

  private static final Map<String, LocalUsers> LOCAL_USERS =
      Map.of("alarm", LocalUsers.ALARM, "refuse", LocalUsers.REFUSE);

  static IdentityConfig read(Section section, Environment environment) {
    TokenIssuers issuers = section.find("issuers", IdentityConfig::issuers).orElse(NONE.issuers());
    Optional<String> tokenUser = section.find("token-user", IdentityConfig::userName);
    if (tokenUser.isPresent() && issuers.all().isEmpty()) {
      section.problem("has a token-user, but no issuers whose tokens it could bring");
    }
    LocalUsers localUsers =
        section.find("local-users", item -> item.oneOf(LOCAL_USERS)).orElse(NONE.localUsers());
    IdentityConfig config =
        new IdentityConfig(
            issuers,
            section.find("provider-ca", IdentityConfig::certificates),
            tokenUser,
            OAuthConfig.read(section, issuers),
            section.find("certificates", item -> item.section(CertificatesConfig::read)),
            section.find(
                "store", item -> item.section(store -> StoreReader.read(store, environment))),
            section
                .find("sessions", item -> item.section(SessionRules::read))
                .orElse(NONE.sessions()),
            localUsers);
    if (config.reservedNames().size() != config.namedWays().size()) {
      section.problem("has one name for two ways in: each needs a name of its own");
    }
    return config;
  }

  private List<String> namedWays() {
    return Stream.of(
            tokenUser, oauth.flatMap(OAuthConfig::user), certificates.map(CertificatesConfig::user))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Who issues tokens, as it says itself. */
  public List<String> issuerNames() {
    return issuers.all().stream().map(TokenIssuer::issuer).toList();
  }

  /** What clients without a token are told; empty without issuers. */
  public Optional<OAuthDirections> directions() {
    return oauth
        .map(OAuthConfig::directions)
        .or(() -> issuers.all().stream().findFirst().map(OAuthConfig::usual));
  }

  /** Whether there is somebody else who vouches for callers. */
  boolean breakGlass() {
    return !issuers.all().isEmpty();
  }

  /** The user names that say how they are proved: nobody can be called so. */
  public Set<String> reservedNames() {
    return Set.copyOf(namedWays());
  }

  static String userName(Item item) {
    String name = item.text();
    if (name.isBlank() || IssuedName.hasForm(name)) {
      item.problem("must be a name, and none like those of issued credentials");
    }
    return name;
  }

  private static Path certificates(Item item) {
    Path file = item.file();
    if (Files.isRegularFile(file)) {
      try {
        TlsMaterial.certificates(file);
      } catch (TlsMaterial.UnusableException e) {
        item.problem(String.valueOf(e.getMessage()));
      }
    }
    return file;
  }

  private static TokenIssuers issuers(Item item) {
    List<TokenIssuer> issuers =
        item.items().stream()
            .flatMap(element -> element.section(IssuerReader::read).stream())
            .toList();
    try {
      if (item.items().isEmpty()) {
        item.problem("must have at least one entry");
      }
      return new TokenIssuers(issuers);
    } catch (IllegalArgumentException e) {
      item.problem(String.valueOf(e.getMessage()));
      return NONE.issuers();
    }
  }
}
