package io.gatehouse.appliance.identity.saml;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** How a provider signs: as it should, unless a test says otherwise. */
record Signing(
    Key key,
    String algorithm,
    String digest,
    String canonical,
    List<String> prefixesOfSignedInfo,
    List<TransformOf> transforms,
    Optional<String> uri,
    Optional<KeyInfo> keyInfo) {
  private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");

  /** With its parameters, if it has some. */
  record TransformOf(String algorithm, Optional<TransformParameterSpec> parameters) {
    static TransformOf of(String algorithm) {
      return new TransformOf(algorithm, Optional.empty());
    }
  }

  static Signing by(Key key) {
    return new Signing(
        key,
        key.getAlgorithm().equals("EC") ? SignatureMethod.ECDSA_SHA256 : SignatureMethod.RSA_SHA256,
        DigestMethod.SHA256,
        CanonicalizationMethod.EXCLUSIVE,
        List.of(),
        List.of(
            TransformOf.of(Transform.ENVELOPED), TransformOf.of(CanonicalizationMethod.EXCLUSIVE)),
        Optional.empty(),
        Optional.empty());
  }

  Signing withAlgorithm(String other) {
    return new Signing(
        key, other, digest, canonical, prefixesOfSignedInfo, transforms, uri, keyInfo);
  }

  Signing withDigest(String other) {
    return new Signing(
        key, algorithm, other, canonical, prefixesOfSignedInfo, transforms, uri, keyInfo);
  }

  Signing withCanonical(String other) {
    return new Signing(
        key, algorithm, digest, other, prefixesOfSignedInfo, transforms, uri, keyInfo);
  }

  Signing withPrefixesOfSignedInfo(String... prefixes) {
    return new Signing(
        key, algorithm, digest, canonical, List.of(prefixes), transforms, uri, keyInfo);
  }

  Signing withTransforms(TransformOf... others) {
    return new Signing(
        key, algorithm, digest, canonical, prefixesOfSignedInfo, List.of(others), uri, keyInfo);
  }

  Signing withUri(String other) {
    return new Signing(
        key,
        algorithm,
        digest,
        canonical,
        prefixesOfSignedInfo,
        transforms,
        Optional.of(other),
        keyInfo);
  }

  Signing withKeyInfo(KeyInfo info) {
    return new Signing(
        key,
        algorithm,
        digest,
        canonical,
        prefixesOfSignedInfo,
        transforms,
        uri,
        Optional.of(info));
  }

  static TransformOf keeping(String... prefixes) {
    return new TransformOf(
        CanonicalizationMethod.EXCLUSIVE, Optional.of(new ExcC14NParameterSpec(List.of(prefixes))));
  }

  /** Behind the element's issuer, where the schema has it. */
  void sign(Element element) {
    element.setIdAttributeNS(null, "ID", true);
    DOMSignContext context =
        new DOMSignContext(key, element, Elements.children(element).getFirst().getNextSibling());
    context.setDefaultNamespacePrefix("ds");
    context.setProperty("org.jcp.xml.dsig.secureValidation", false);
    try {
      Reference reference =
          FACTORY.newReference(
              uri.orElse("#" + element.getAttribute("ID")),
              FACTORY.newDigestMethod(digest, null),
              transforms.stream().map(Signing::made).toList(),
              null,
              null);
      FACTORY
          .newXMLSignature(
              FACTORY.newSignedInfo(
                  FACTORY.newCanonicalizationMethod(canonical, parameters()),
                  FACTORY.newSignatureMethod(algorithm, null),
                  List.of(reference)),
              keyInfo.orElse(null))
          .sign(context);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable C14NMethodParameterSpec parameters() {
    return prefixesOfSignedInfo.isEmpty() ? null : new ExcC14NParameterSpec(prefixesOfSignedInfo);
  }

  private static Transform made(TransformOf one) {
    try {
      return FACTORY.newTransform(one.algorithm(), one.parameters().orElse(null));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
