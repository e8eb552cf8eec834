package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Elements.SIGNATURE;
import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Signatures by configured keys. What was signed is what comes out, as it was digested: whoever
 * reads nothing else reads nothing that is not signed.
 */
record Signatures(List<PublicKey> keys) {
  Signatures {
    keys = List.copyOf(keys);
  }

  static Optional<Element> of(Element parent) throws RefusedResponseException {
    List<Element> found = Elements.children(parent, SIGNATURE, "Signature");
    unless(found.size() <= 1, SamlRefusal.SIGNATURE_FORM);
    return found.stream().findFirst();
  }

  /**
   * The element as it was signed, parsed anew.
   *
   * @param signature a child of it
   */
  Element signed(Element parent, Element signature) throws RefusedResponseException {
    String id = Elements.attribute(parent, "ID").orElse("");
    SignatureForm.require(signature, id);
    Elements.children(signature, SIGNATURE, "KeyInfo").forEach(signature::removeChild);
    parent.setIdAttributeNS(null, "ID", true);
    for (PublicKey key : keys) {
      Optional<byte[]> octets = verified(signature, key, "#" + id);
      if (octets.isPresent()) {
        return requireSame(parent, StrictXml.parse(octets.get()));
      }
    }
    throw new RefusedResponseException(SamlRefusal.SIGNATURE_WRONG);
  }

  private static Element requireSame(Element parent, Element signed)
      throws RefusedResponseException {
    boolean same =
        Elements.named(signed, String.valueOf(parent.getNamespaceURI()), parent.getLocalName())
            && Elements.attribute(signed, "ID").equals(Elements.attribute(parent, "ID"));
    unless(same, SamlRefusal.STRUCTURE);
    return signed;
  }

  /** The octets that were digested; empty if the signature is not of this key. */
  private static Optional<byte[]> verified(Element signature, PublicKey key, String uri)
      throws RefusedResponseException {
    DOMValidateContext context =
        new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
    context.setProperty("org.jcp.xml.dsig.secureValidation", true);
    context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
    try {
      XMLSignature read = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      List<Reference> references = read.getSignedInfo().getReferences();
      boolean sound =
          references.size() == 1
              && uri.equals(references.getFirst().getURI())
              && read.validate(context);
      return sound ? Optional.of(digested(references.getFirst())) : Optional.empty();
    } catch (XMLSignatureException e) {
      return Optional.empty(); // a key of another kind, too
    } catch (MarshalException | RuntimeException e) {
      // Its messages may quote what came.
      throw new RefusedResponseException(SamlRefusal.SIGNATURE_WRONG);
    }
  }

  private static byte[] digested(Reference reference) throws RefusedResponseException {
    try (@Nullable InputStream octets = reference.getDigestInputStream()) {
      if (octets == null) {
        throw new RefusedResponseException(SamlRefusal.SIGNATURE_WRONG);
      }
      return octets.readAllBytes();
    } catch (IOException e) {
      throw new RefusedResponseException(SamlRefusal.SIGNATURE_WRONG);
    }
  }
}
