package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.ASSERTION;
import static io.gatehouse.appliance.identity.saml.Elements.ENCRYPTION;
import static io.gatehouse.appliance.identity.saml.Elements.PROTOCOL;
import static io.gatehouse.appliance.identity.saml.Elements.SIGNATURE;
import static io.gatehouse.appliance.identity.saml.Elements.qualified;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A response, of which it is known that it has one assertion, and signatures at most where they
 * belong.
 *
 * @param root what to read: as it was signed, if it is signed
 * @param signed whether it is
 * @param assertion what to read of the assertion; signed by itself or as a part of the response
 */
record Envelope(Element root, boolean signed, Element assertion) {
  private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

  private static final Set<String> PARTS =
      Set.of(
          qualified(ASSERTION, "Issuer"),
          qualified(SIGNATURE, "Signature"),
          qualified(PROTOCOL, "Status"),
          qualified(ASSERTION, "Assertion"));

  static Envelope open(byte[] octets, Signatures signatures) throws RefusedResponseException {
    Element root = StrictXml.parse(octets);
    requireForm(root);
    Optional<Element> whole = Signatures.of(root);
    if (whole.isPresent()) {
      root = signatures.signed(root, whole.get());
      requireForm(root);
      unless(Signatures.of(root).isEmpty(), SamlRefusal.STRUCTURE);
    }
    Element assertion = Elements.children(root, ASSERTION, "Assertion").getFirst();
    Optional<Element> part = Signatures.of(assertion);
    unless(whole.isPresent() || part.isPresent(), SamlRefusal.UNSIGNED);
    if (part.isPresent()) {
      assertion = signatures.signed(assertion, part.get());
      unless(Signatures.of(assertion).isEmpty(), SamlRefusal.STRUCTURE);
    }
    return new Envelope(root, whole.isPresent(), assertion);
  }

  private static void requireForm(Element root) throws RefusedResponseException {
    unless(Elements.named(root, PROTOCOL, "Response"), SamlRefusal.STRUCTURE);
    List<Element> all = Elements.all(root);
    unless(all.stream().noneMatch(Envelope::encrypted), SamlRefusal.ENCRYPTED);
    Elements.requireOnly(root, PARTS);
    requireSamlTwo(root);
    requireSuccess(root);
    long assertions =
        all.stream().filter(one -> Elements.named(one, ASSERTION, "Assertion")).count();
    unless(assertions <= 1, SamlRefusal.SEVERAL_ASSERTIONS);
    List<Element> own = Elements.children(root, ASSERTION, "Assertion");
    unless(!own.isEmpty(), SamlRefusal.ASSERTION_MISSING);
    requireSamlTwo(own.getFirst());
    long signatures =
        all.stream().filter(one -> Elements.named(one, SIGNATURE, "Signature")).count();
    int known =
        Elements.children(root, SIGNATURE, "Signature").size()
            + Elements.children(own.getFirst(), SIGNATURE, "Signature").size();
    unless(signatures == known, SamlRefusal.STRUCTURE);
  }

  private static boolean encrypted(Element element) {
    return ENCRYPTION.equals(element.getNamespaceURI())
        || (ASSERTION.equals(element.getNamespaceURI())
            && element.getLocalName().startsWith("Encrypted"));
  }

  private static void requireSamlTwo(Element element) throws RefusedResponseException {
    unless(Elements.attribute(element, "Version").equals(Optional.of("2.0")), SamlRefusal.VERSION);
    unless(
        Elements.attribute(element, "ID").filter(id -> !id.isBlank()).isPresent(),
        SamlRefusal.STRUCTURE);
  }

  /** A failure has no assertion, and is not signed by everybody: it opens nothing either way. */
  private static void requireSuccess(Element root) throws RefusedResponseException {
    Optional<Element> status = Elements.atMostOne(root, PROTOCOL, "Status");
    unless(status.isPresent(), SamlRefusal.STRUCTURE);
    Optional<Element> code = Elements.atMostOne(status.get(), PROTOCOL, "StatusCode");
    unless(
        code.flatMap(one -> Elements.attribute(one, "Value")).equals(Optional.of(SUCCESS)),
        SamlRefusal.STATUS);
  }
}
