package io.gatehouse.appliance.config;

import io.gatehouse.appliance.identity.token.AgentRule;
import io.gatehouse.appliance.identity.token.ClaimPath;
import io.gatehouse.appliance.identity.token.ClaimRules;
import io.gatehouse.appliance.identity.token.KeyRules;
import io.gatehouse.appliance.identity.token.KindRules;
import io.gatehouse.appliance.identity.token.SignatureAlgorithm;
import io.gatehouse.appliance.identity.token.TimeRules;
import io.gatehouse.appliance.identity.token.TokenIssuer;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads one entry of {@code identity.issuers}. */
final class IssuerReader {
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_SKEW_SECONDS = 300;
  private static final Map<String, Boolean> TAKEN = Map.of("refuse", false, "accept", true);

  private static final Map<String, SignatureAlgorithm> ALGORITHMS =
      Arrays.stream(SignatureAlgorithm.values())
          .collect(Collectors.toUnmodifiableMap(SignatureAlgorithm::standardName, one -> one));

  private IssuerReader() {}

  /** Empty if there is a problem, which is reported then. */
  static Optional<TokenIssuer> read(Section section) {
    Item issuer = section.require("issuer");
    Set<String> audiences = texts(section.require("audiences"));
    Optional<KindRules> kinds = sound(section, () -> kinds(section));
    Optional<TimeRules> times = sound(section, () -> times(section));
    Optional<ClaimRules> claims = sound(section, () -> claims(section));
    Optional<KeyRules> keys = sound(section, () -> keys(section));
    Set<SignatureAlgorithm> algorithms =
        section
            .find("algorithms")
            .map(
                item ->
                    item.items().stream()
                        .map(one -> one.oneOf(ALGORITHMS))
                        .collect(Collectors.toSet()))
            .orElse(SignatureAlgorithm.USUAL);
    if (kinds.isEmpty() || times.isEmpty() || claims.isEmpty() || keys.isEmpty()) {
      return Optional.empty();
    }
    return sound(
        section,
        () ->
            new TokenIssuer(
                issuer.text(),
                audiences,
                algorithms,
                kinds.get(),
                times.get(),
                claims.get(),
                keys.get()));
  }

  /** What its maker refuses is a problem of the section. */
  private static <T> Optional<T> sound(Section section, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      section.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Set<String> texts(Item item) {
    return item.items().stream().map(Item::text).collect(Collectors.toSet());
  }

  private static KindRules kinds(Section section) {
    return new KindRules(
        section.find("types", IssuerReader::texts).orElse(KindRules.USUAL.types()),
        section.find("untyped", item -> item.oneOf(TAKEN)).orElse(KindRules.USUAL.untyped()),
        section.find("id-tokens", item -> item.oneOf(TAKEN)).orElse(KindRules.USUAL.idTokens()),
        section.find("clients", IssuerReader::texts).orElse(KindRules.USUAL.clients()));
  }

  private static TimeRules times(Section section) {
    return new TimeRules(
        section
            .find("skew-seconds", item -> seconds(item, 0, MOST_SKEW_SECONDS))
            .orElse(TimeRules.USUAL.skew()),
        section.find("age-seconds", item -> seconds(item, 1, MOST_SECONDS)));
  }

  private static Duration seconds(Item item, int least, int most) {
    return Duration.ofSeconds(item.wholeNumber(least, most));
  }

  private static ClaimRules claims(Section section) {
    ClaimRules usual = ClaimRules.USUAL;
    return new ClaimRules(
        section.find("subject", IssuerReader::path).orElse(usual.subject()),
        section.find("groups", IssuerReader::path).orElse(usual.groups()),
        section.find("group-names", item -> item.section(IssuerReader::names)).orElse(Map.of()),
        section.find("agent", IssuerReader::path),
        section.find("namespace", Item::text).orElse(usual.namespace()),
        section.find("agents", item -> item.section(IssuerReader::agents)));
  }

  private static AgentRule agents(Section section) {
    return new AgentRule(
        path(section.require("claim")),
        section.find("values", IssuerReader::values).orElse(Set.of()));
  }

  /** An empty list would mean any value, which is said by leaving it out. */
  private static Set<String> values(Item item) {
    Set<String> values = texts(item);
    if (values.isEmpty()) {
      item.problem("must have at least one entry");
    }
    return values;
  }

  private static ClaimPath path(Item item) {
    return ClaimPath.parse(item.text());
  }

  private static Map<String, String> names(Section section) {
    Map<String, String> names = new HashMap<>();
    section.entries().forEach((theirs, ours) -> names.put(theirs, ours.text()));
    return names;
  }

  private static KeyRules keys(Section section) {
    KeyRules usual = KeyRules.USUAL;
    return new KeyRules(
        section
            .find("refresh-seconds", item -> seconds(item, 1, MOST_SECONDS))
            .orElse(usual.refresh()),
        section
            .find("outage-seconds", item -> seconds(item, 2, MOST_SECONDS))
            .orElse(usual.outage()),
        usual.pause(),
        usual.connect(),
        usual.answer());
  }
}
