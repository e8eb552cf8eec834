package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Attack.changed;
import static io.gatehouse.appliance.identity.saml.Attack.response;
import static io.gatehouse.appliance.identity.saml.Attack.signed;

import io.gatehouse.appliance.identity.saml.Signing.TransformOf;
import java.security.KeyException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;

/** None, or one that nobody should be impressed by. */
final class WrongSignatures {
  private static final Signing HOW = Signing.by(SamlScene.KEYS.getPrivate());
  private static final Signing STRANGER = Signing.by(SamlScene.STRANGER.getPrivate());
  private static final TransformOf ENVELOPED = TransformOf.of(Transform.ENVELOPED);
  private static final TransformOf EXCLUSIVE = TransformOf.of(CanonicalizationMethod.EXCLUSIVE);

  private WrongSignatures() {}

  static Stream<Attack> all() {
    return Stream.of(keys(), algorithms(), transforms(), references(), touched())
        .flatMap(List::stream);
  }

  private static List<Attack> keys() {
    return List.of(
        response("unsigned", SamlRefusal.UNSIGNED, SamlScene::draft),
        signed("another key", SamlRefusal.SIGNATURE_WRONG, STRANGER),
        signed(
            "another key, and the key beside it",
            SamlRefusal.SIGNATURE_WRONG,
            STRANGER.withKeyInfo(stranger())),
        signed(
            "HMAC with the provider's public key as its secret",
            SamlRefusal.ALGORITHM,
            new Signing(
                new SecretKeySpec(SamlScene.KEYS.getPublic().getEncoded(), "HmacSHA256"),
                SignatureMethod.HMAC_SHA256,
                DigestMethod.SHA256,
                CanonicalizationMethod.EXCLUSIVE,
                List.of(),
                List.of(ENVELOPED, EXCLUSIVE),
                Optional.empty(),
                Optional.empty())));
  }

  private static KeyInfo stranger() {
    KeyInfoFactory factory = XMLSignatureFactory.getInstance("DOM").getKeyInfoFactory();
    try {
      return factory.newKeyInfo(List.of(factory.newKeyValue(SamlScene.STRANGER.getPublic())));
    } catch (KeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Attack> algorithms() {
    return List.of(
        signed(
            "RSA with SHA-1",
            SamlRefusal.ALGORITHM,
            HOW.withAlgorithm("http://www.w3.org/2000/09/xmldsig#rsa-sha1")),
        signed(
            "digest by SHA-1",
            SamlRefusal.ALGORITHM,
            HOW.withDigest("http://www.w3.org/2000/09/xmldsig#sha1")),
        changed(
            "algorithm that nobody knows",
            SamlRefusal.ALGORITHM,
            SignatureMethod.RSA_SHA256,
            "urn:none"),
        changed(
            "algorithm swapped for another that is allowed",
            SamlRefusal.SIGNATURE_WRONG,
            SignatureMethod.RSA_SHA256,
            SignatureMethod.RSA_SHA512),
        signed(
            "inclusive canonicalization of the signature",
            SamlRefusal.TRANSFORM,
            HOW.withCanonical(CanonicalizationMethod.INCLUSIVE)),
        signed(
            "canonicalization of the signature with comments",
            SamlRefusal.TRANSFORM,
            HOW.withCanonical(CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS)),
        signed(
            "prefixes kept in the signature's own canonicalization",
            SamlRefusal.SIGNATURE_FORM,
            HOW.withPrefixesOfSignedInfo("saml")));
  }

  private static List<Attack> transforms() {
    TransformOf path =
        new TransformOf(
            Transform.XPATH, Optional.of(new XPathFilterParameterSpec("not(self::saml)")));
    return List.of(
        signed("no transform", SamlRefusal.SIGNATURE_FORM, HOW.withTransforms()),
        signed("XPath transform", SamlRefusal.TRANSFORM, HOW.withTransforms(ENVELOPED, path)),
        signed(
            "XPath transform between the two",
            SamlRefusal.TRANSFORM,
            HOW.withTransforms(ENVELOPED, path, EXCLUSIVE)),
        changed(
            "XSLT transform",
            SamlRefusal.TRANSFORM,
            "<ds:Transform Algorithm=\"" + Transform.ENVELOPED + "\"/>",
            "<ds:Transform Algorithm=\""
                + Transform.XSLT
                + "\"><xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\""
                + " version=\"1.0\"/></ds:Transform>"),
        signed(
            "canonicalization with comments",
            SamlRefusal.TRANSFORM,
            HOW.withTransforms(
                ENVELOPED, TransformOf.of(CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS))),
        signed(
            "inclusive canonicalization",
            SamlRefusal.TRANSFORM,
            HOW.withTransforms(ENVELOPED, TransformOf.of(CanonicalizationMethod.INCLUSIVE))),
        signed(
            "transforms the wrong way round",
            SamlRefusal.TRANSFORM,
            HOW.withTransforms(EXCLUSIVE, ENVELOPED)),
        changed(
            "base64 transform",
            SamlRefusal.TRANSFORM,
            "</ds:Transforms>",
            "<ds:Transform Algorithm=\"" + Transform.BASE64 + "\"/></ds:Transforms>"),
        signed(
            "prefixes without end",
            SamlRefusal.TRANSFORM,
            HOW.withTransforms(ENVELOPED, Signing.keeping("p".repeat(200)))));
  }

  private static List<Attack> references() {
    return List.of(
        signed("reference to everything", SamlRefusal.SIGNATURE_FORM, HOW.withUri("")),
        signed(
            "reference by XPointer",
            SamlRefusal.SIGNATURE_FORM,
            HOW.withUri("#xpointer(id('_a1'))")),
        changed(
            "reference to the response",
            SamlRefusal.SIGNATURE_FORM,
            "URI=\"#_a1\"",
            "URI=\"#_r1\""),
        changed(
            "reference to a file",
            SamlRefusal.SIGNATURE_FORM,
            "URI=\"#_a1\"",
            "URI=\"file:///etc/passwd\""),
        changed(
            "reference to the network",
            SamlRefusal.SIGNATURE_FORM,
            "URI=\"#_a1\"",
            "URI=\"http://127.0.0.1:1/\""),
        changed("no reference", SamlRefusal.SIGNATURE_FORM, "URI=\"#_a1\"", ""),
        changed(
            "two references",
            SamlRefusal.SIGNATURE_FORM,
            "</ds:Reference>",
            "</ds:Reference><ds:Reference URI=\"#_a1\"/>"),
        changed(
            "empty signature",
            SamlRefusal.SIGNATURE_FORM,
            "<ds:SignedInfo>",
            "<ds:Nothing/><ds:SignedInfo>"),
        changed(
            "object in the signature",
            SamlRefusal.SIGNATURE_FORM,
            "</ds:Signature>",
            "<ds:Object/></ds:Signature>"));
  }

  private static List<Attack> touched() {
    return List.of(
        changed("another subject", SamlRefusal.SIGNATURE_WRONG, "erika", "mallory"),
        changed("another group", SamlRefusal.SIGNATURE_WRONG, ">analysts<", ">dba<"),
        changed(
            "another namespace by a prefix that is bound anew",
            SamlRefusal.SIGNATURE_WRONG,
            "<saml:AttributeStatement>",
            "<saml:AttributeStatement xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\""
                + " saml:x=\"1\">"),
        changed(
            "relative namespace, for canonicalizers that give up",
            SamlRefusal.SIGNATURE_WRONG,
            "<saml:AttributeStatement>",
            "<saml:AttributeStatement xmlns:r=\"1\" r:x=\"\">"));
  }
}
