package io.gatehouse.appliance.config;

import io.gatehouse.appliance.identity.saml.SamlRules;
import io.gatehouse.appliance.identity.token.IssuerUrl;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.net.TlsMaterial;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An identity provider that people log in at by SAML, in the browser.
 *
 * @param signOn where the provider takes requests
 * @param rules what its responses are checked by
 */
public record SamlConfig(URI signOn, SamlRules rules) {
  /** Below the desk's URL. */
  public static final String METADATA = "/saml/metadata";

  public static final String CONSUMER = "/saml/acs";

  private static final int MOST_SKEW_SECONDS = 300;
  private static final int LEAST_RSA = 2_048;
  private static final int MOST_RSA = 8_192;
  private static final Set<Integer> CURVES = Set.of(256, 384, 521);

  /** SAML core, section 8.3.6: at most 1,024 characters. */
  private static final Pattern ENTITY = Pattern.compile("[\\x21-\\x7E]{1,1024}");

  private static final Pattern DESK =
      Pattern.compile("https://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  /** The word that is no attribute. */
  private static final String NAME_ID = "nameid";

  /** Empty if there is a problem, which is reported then. */
  static Optional<SamlConfig> read(Section section) {
    String desk =
        matching(section.require("url"), DESK, "must be https://HOST or https://HOST:PORT");
    String own =
        section
            .find("entity-id", item -> matching(item, ENTITY, "must be a URI without blanks"))
            .orElse(desk + METADATA);
    Provider provider = section.require("idp").section(Provider::read);
    SamlRules.Names names =
        section
            .find("attributes", item -> item.section(SamlConfig::attributes))
            .orElse(new SamlRules.Names(Optional.empty(), Optional.empty(), Map.of(), ""));
    Map<String, String> groupNames =
        section.find("group-names", item -> item.section(SamlConfig::groupNames)).orElse(Map.of());
    String namespace = section.find("namespace", Item::text).orElse("");
    Duration skew =
        section
            .find("skew-seconds", item -> item.wholeNumber(0, MOST_SKEW_SECONDS))
            .map(Duration::ofSeconds)
            .orElse(SamlRules.USUAL_SKEW);
    if (provider.signOn().isEmpty() || provider.keys().isEmpty()) {
      return Optional.empty();
    }
    try {
      SamlRules rules =
          new SamlRules(
              provider.entityId(),
              provider.keys(),
              own,
              URI.create(desk + CONSUMER),
              new SamlRules.Names(names.subject(), names.groups(), groupNames, namespace),
              skew);
      return Optional.of(new SamlConfig(provider.signOn().get(), rules));
    } catch (IllegalArgumentException e) {
      section.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private record Provider(String entityId, Optional<URI> signOn, List<PublicKey> keys) {
    static Provider read(Section section) {
      Item signOn = section.require("sso-url");
      Optional<URI> place = IssuerUrl.trusted(signOn.text());
      if (place.isEmpty()) {
        signOn.problem("must be an https URL without user and fragment; http on loopback only");
      }
      return new Provider(
          matching(section.require("entity-id"), ENTITY, "must be a URI without blanks"),
          place,
          keys(section.require("certificates")));
    }

    private static List<PublicKey> keys(Item item) {
      List<PublicKey> keys = new ArrayList<>();
      for (Item one : item.items()) {
        Path file = one.file();
        if (Files.isRegularFile(file)) {
          keys.addAll(keys(one, file));
        }
      }
      if (item.items().isEmpty()) {
        item.problem("must have at least one entry");
      }
      return keys;
    }

    private static List<PublicKey> keys(Item item, Path file) {
      try {
        List<PublicKey> keys =
            TlsMaterial.certificates(file).stream().map(X509Certificate::getPublicKey).toList();
        if (!keys.stream().allMatch(SamlConfig::strong)) {
          item.problem("has a key that is not RSA from 2048 bits, P-256, P-384 or P-521");
        }
        return keys;
      } catch (TlsMaterial.UnusableException e) {
        item.problem(String.valueOf(e.getMessage()));
        return List.of();
      }
    }
  }

  private static boolean strong(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() >= LEAST_RSA && rsa.getModulus().bitLength() <= MOST_RSA;
      case ECPublicKey curve ->
          CURVES.contains(curve.getParams().getCurve().getField().getFieldSize());
      default -> false;
    };
  }

  private static SamlRules.Names attributes(Section section) {
    return new SamlRules.Names(
        section.find("subject", Item::text).filter(name -> !name.equals(NAME_ID)),
        section.find("groups", Item::text),
        Map.of(),
        "");
  }

  private static Map<String, String> groupNames(Section section) {
    Map<String, String> names = new HashMap<>();
    section.entries().forEach((theirs, ours) -> names.put(theirs, ours.text()));
    return names;
  }

  private static String matching(Item item, Pattern pattern, String otherwise) {
    String text = item.text();
    if (!text.isEmpty() && !pattern.matcher(text).matches()) {
      item.problem(otherwise);
    }
    return text;
  }
}
