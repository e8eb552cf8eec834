package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.ASSERTION;
import static io.gatehouse.appliance.identity.saml.Elements.qualified;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Who brings an assertion may (SAML profiles, section 4.1.4.2).
 *
 * @param data of the one confirmation, which is that of a bearer
 * @param request which request it answers
 */
record Confirmation(Element data, String request) {
  private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

  static Confirmation read(Element subject) throws RefusedResponseException {
    List<Element> all = Elements.children(subject, ASSERTION, "SubjectConfirmation");
    unless(all.size() == 1, SamlRefusal.CONFIRMATION);
    Element one = all.getFirst();
    boolean bearer = Elements.attribute(one, "Method").equals(Optional.of(BEARER));
    List<Element> children = Elements.children(one);
    unless(bearer && children.size() == 1, SamlRefusal.CONFIRMATION);
    Elements.requireOnly(one, Set.of(qualified(ASSERTION, "SubjectConfirmationData")));
    Element data = children.getFirst();
    unless(Elements.children(data).isEmpty(), SamlRefusal.CONFIRMATION);
    String request =
        Elements.attribute(data, "InResponseTo")
            .orElseThrow(() -> new RefusedResponseException(SamlRefusal.UNSOLICITED));
    return new Confirmation(data, request);
  }

  /** Until when it may be brought. */
  Instant require(SamlRules rules, SamlTimes times) throws RefusedResponseException {
    String place = rules.consumer().toString();
    unless(Elements.attribute(data, "Recipient").equals(Optional.of(place)), SamlRefusal.RECIPIENT);
    unless(!data.hasAttributeNS(null, "NotBefore"), SamlRefusal.CONFIRMATION);
    Instant end = SamlTimes.require(data, "NotOnOrAfter");
    unless(!times.over(end), SamlRefusal.EXPIRED);
    return end;
  }
}
