package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.ASSERTION;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** When and for whom an assertion is good (SAML core, section 2.5). */
final class Conditions {
  private static final String AUDIENCES = "AudienceRestriction";

  /** Used once is what every assertion is here; and the gate makes none out of another. */
  private static final Set<String> KNOWN = Set.of(AUDIENCES, "OneTimeUse", "ProxyRestriction");

  private Conditions() {}

  static void require(Element assertion, SamlRules rules, SamlTimes times)
      throws RefusedResponseException {
    Element conditions =
        Elements.atMostOne(assertion, ASSERTION, "Conditions")
            .orElseThrow(() -> new RefusedResponseException(SamlRefusal.CONDITIONS_MISSING));
    for (Element one : Elements.children(conditions)) {
      boolean known = ASSERTION.equals(one.getNamespaceURI()) && KNOWN.contains(one.getLocalName());
      unless(known, SamlRefusal.CONDITION_UNKNOWN);
    }
    Optional<Instant> begin = SamlTimes.find(conditions, "NotBefore");
    Optional<Instant> end = SamlTimes.find(conditions, "NotOnOrAfter");
    if (begin.isPresent() && end.isPresent()) {
      unless(begin.get().isBefore(end.get()), SamlRefusal.TIME_INVALID);
    }
    unless(begin.filter(times::future).isEmpty(), SamlRefusal.NOT_YET_VALID);
    unless(end.filter(times::over).isEmpty(), SamlRefusal.EXPIRED);
    requireAudience(conditions, rules.own());
  }

  /** Of several restrictions each has to allow it; of the audiences of one, one. */
  private static void requireAudience(Element conditions, String own)
      throws RefusedResponseException {
    List<Element> restrictions = Elements.children(conditions, ASSERTION, AUDIENCES);
    unless(!restrictions.isEmpty(), SamlRefusal.AUDIENCE);
    for (Element restriction : restrictions) {
      boolean ours = false;
      for (Element audience : Elements.children(restriction)) {
        unless(Elements.named(audience, ASSERTION, "Audience"), SamlRefusal.STRUCTURE);
        ours |= Elements.text(audience).equals(own);
      }
      unless(ours, SamlRefusal.AUDIENCE);
    }
  }
}
