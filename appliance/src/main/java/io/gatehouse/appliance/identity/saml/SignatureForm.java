package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.SIGNATURE;
import static io.gatehouse.appliance.identity.saml.Elements.qualified;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import org.w3c.dom.Element;

/**
 * The one form of a signature that is understood (SAML core, section 5.4): enveloped, over its
 * parent by id, in exclusive canonicalization without comments. Looked at before anything of it is
 * verified, so that nothing else of XML signatures is ever run.
 */
final class SignatureForm {
  private static final Set<String> ALGORITHMS =
      Set.of(
          SignatureMethod.RSA_SHA256,
          SignatureMethod.RSA_SHA384,
          SignatureMethod.RSA_SHA512,
          SignatureMethod.SHA256_RSA_MGF1,
          SignatureMethod.SHA384_RSA_MGF1,
          SignatureMethod.SHA512_RSA_MGF1,
          SignatureMethod.ECDSA_SHA256,
          SignatureMethod.ECDSA_SHA384,
          SignatureMethod.ECDSA_SHA512);

  private static final Set<String> DIGESTS =
      Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);

  /** Prefixes that are kept although nothing visible uses them, as in {@code xsi:type="xs:..."}. */
  private static final Pattern PREFIXES = Pattern.compile("[A-Za-z0-9_. #-]{0,128}");

  private static final String SIGNED_INFO = "SignedInfo";
  private static final String REFERENCE = "Reference";
  private static final String TRANSFORMS = "Transforms";

  private SignatureForm() {}

  static void require(Element signature, String id) throws RefusedResponseException {
    require(signature, List.of(SIGNED_INFO, "SignatureValue"), Optional.of("KeyInfo"));
    Element signed = Elements.children(signature).getFirst();
    require(signed, List.of("CanonicalizationMethod", "SignatureMethod", REFERENCE));
    List<Element> parts = Elements.children(signed);
    unless(algorithm(parts.get(0)).equals(CanonicalizationMethod.EXCLUSIVE), SamlRefusal.TRANSFORM);
    requireEmpty(parts.get(0));
    unless(ALGORITHMS.contains(algorithm(parts.get(1))), SamlRefusal.ALGORITHM);
    requireEmpty(parts.get(1));
    reference(parts.get(2), id);
  }

  private static void reference(Element reference, String id) throws RefusedResponseException {
    require(reference, List.of(TRANSFORMS, "DigestMethod", "DigestValue"));
    boolean whole = Elements.attribute(reference, "URI").equals(Optional.of("#" + id));
    unless(whole && !reference.hasAttributeNS(null, "Type"), SamlRefusal.SIGNATURE_FORM);
    List<Element> parts = Elements.children(reference);
    unless(DIGESTS.contains(algorithm(parts.get(1))), SamlRefusal.ALGORITHM);
    requireEmpty(parts.get(1));
    List<Element> transforms = Elements.children(parts.get(0));
    unless(
        transforms.stream()
            .map(SignatureForm::algorithm)
            .toList()
            .equals(List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE)),
        SamlRefusal.TRANSFORM);
    require(parts.get(0), List.of("Transform", "Transform"));
    requireEmpty(transforms.get(0));
    prefixes(transforms.get(1));
  }

  private static void prefixes(Element transform) throws RefusedResponseException {
    Elements.requireOnly(
        transform, Set.of(qualified(CanonicalizationMethod.EXCLUSIVE, "InclusiveNamespaces")));
    Optional<Element> kept =
        Elements.atMostOne(transform, CanonicalizationMethod.EXCLUSIVE, "InclusiveNamespaces");
    if (kept.isPresent()) {
      Element list = kept.get();
      boolean sound =
          Elements.children(list).isEmpty()
              && PREFIXES.matcher(list.getAttributeNS(null, "PrefixList")).matches();
      unless(sound, SamlRefusal.TRANSFORM);
    }
  }

  private static void requireEmpty(Element element) throws RefusedResponseException {
    boolean parameters = !Elements.children(element).isEmpty();
    unless(!parameters && element.getTextContent().isBlank(), SamlRefusal.SIGNATURE_FORM);
  }

  private static String algorithm(Element element) {
    return element.getAttributeNS(null, "Algorithm");
  }

  private static void require(Element parent, List<String> names) throws RefusedResponseException {
    require(parent, names, Optional.empty());
  }

  /** Exactly these children of the namespace of signatures, in this order. */
  private static void require(Element parent, List<String> names, Optional<String> last)
      throws RefusedResponseException {
    List<Element> children = Elements.children(parent);
    List<String> found = children.stream().map(Element::getLocalName).toList();
    boolean sound =
        children.stream().allMatch(child -> SIGNATURE.equals(child.getNamespaceURI()))
            && (found.equals(names)
                || (last.isPresent()
                    && found.size() == names.size() + 1
                    && found.subList(0, names.size()).equals(names)
                    && found.getLast().equals(last.get())));
    unless(sound, SamlRefusal.SIGNATURE_FORM);
  }
}
