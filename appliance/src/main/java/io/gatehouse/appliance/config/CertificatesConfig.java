package io.gatehouse.appliance.config;

import io.gatehouse.appliance.identity.certificate.CertificateCallers;
import io.gatehouse.appliance.identity.certificate.CertificateCallers.Holder;
import io.gatehouse.appliance.identity.certificate.NameKind;
import io.gatehouse.appliance.identity.token.ClaimedNames;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Client certificates as a way in.
 *
 * @param user the name that says so
 * @param callers who comes with which
 */
public record CertificatesConfig(String user, CertificateCallers callers) {
  private static final Map<String, NameKind> KINDS =
      Arrays.stream(NameKind.values())
          .collect(Collectors.toUnmodifiableMap(NameKind::label, Function.identity()));

  static CertificatesConfig read(Section section) {
    String user = IdentityConfig.userName(section.require("user"));
    NameKind kind = section.require("name-from").oneOf(KINDS);
    Map<String, Holder> callers = section.require("callers").section(CertificatesConfig::callers);
    return new CertificatesConfig(user, new CertificateCallers(kind, callers));
  }

  private static Map<String, Holder> callers(Section section) {
    Map<String, Holder> callers = new HashMap<>();
    section
        .entries()
        .forEach(
            (name, item) -> {
              if (!ClaimedNames.acceptable(name)) {
                item.problem("is the entry of a name that no certificate can show here");
              }
              callers.put(name, item.section(CertificatesConfig::holder));
            });
    if (callers.isEmpty()) {
      section.problem("must name at least one caller");
    }
    return callers;
  }

  private static Holder holder(Section section) {
    return new Holder(
        name(section.require("subject")),
        section
            .find(
                "groups",
                item ->
                    item.items().stream().map(CertificatesConfig::name).collect(Collectors.toSet()))
            .orElse(Set.of()));
  }

  private static String name(Item item) {
    String name = item.text();
    if (!ClaimedNames.acceptable(name)) {
      item.problem(
          "must be a name of at most 255 characters, without quotes, backslashes and spaces at its"
              + " ends");
    }
    return name;
  }
}
