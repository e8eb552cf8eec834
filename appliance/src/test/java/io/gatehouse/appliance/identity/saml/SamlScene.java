package io.gatehouse.appliance.identity.saml;

import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A gate that waits for the answer to one request, and a provider that can make it. */
final class SamlScene {
  static final String IDP = "https://idp.example.com/saml";
  static final String OWN = "https://gate.example.com/saml/metadata";
  static final String CONSUMER = "https://gate.example.com/saml/acs";
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final KeyPair KEYS = keys("RSA", 2_048);
  static final KeyPair CURVE = keys("EC", 256);
  static final KeyPair STRANGER = keys("RSA", 2_048);

  static final SamlRules RULES =
      new SamlRules(
          IDP,
          List.of(CURVE.getPublic(), KEYS.getPublic()),
          OWN,
          URI.create(CONSUMER),
          new SamlRules.Names(Optional.empty(), Optional.of("memberOf"), Map.of(), ""),
          Duration.ofSeconds(30));

  static final OpenRequests.Waiting WAITING =
      new OpenRequests.Waiting("c".repeat(43), 40_000, "s".repeat(43));

  private final OpenRequests requests =
      new OpenRequests(InstantSource.fixed(NOW), new SecureRandom());
  private final String request = requests.add(WAITING, "192.0.2.7").orElseThrow();
  private final ResponseCheck check;

  SamlScene() {
    this(RULES);
  }

  SamlScene(SamlRules rules) {
    check = new ResponseCheck(rules, requests, InstantSource.fixed(NOW));
  }

  private static KeyPair keys(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  OpenRequests requests() {
    return requests;
  }

  String request() {
    return request;
  }

  SamlAnswer answer(byte[] form) {
    return check.check(form);
  }

  SamlAnswer answer(String response) {
    return check.check(form(response));
  }

  static byte[] form(String response) {
    return form(response.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] form(byte[] response) {
    return field("SAMLResponse", Base64.getEncoder().encodeToString(response))
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.US_ASCII);
  }

  /** Nothing is wrong with it but that nobody has signed it. */
  String draft() {
    return """
    <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"\
     xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0"\
     IssueInstant="2026-03-01T12:00:00Z" Destination="%2$s" InResponseTo="%1$s">\
    <saml:Issuer>%3$s</saml:Issuer>\
    <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
    <saml:Assertion ID="_a1" Version="2.0" IssueInstant="2026-03-01T12:00:00Z">\
    <saml:Issuer>%3$s</saml:Issuer>\
    <saml:Subject>\
    <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">erika</saml:NameID>\
    <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
    <saml:SubjectConfirmationData InResponseTo="%1$s" NotOnOrAfter="2026-03-01T12:05:00Z"\
     Recipient="%2$s"/></saml:SubjectConfirmation></saml:Subject>\
    <saml:Conditions NotBefore="2026-03-01T11:59:00Z" NotOnOrAfter="2026-03-01T12:05:00Z">\
    <saml:AudienceRestriction><saml:Audience>%4$s</saml:Audience></saml:AudienceRestriction>\
    </saml:Conditions>\
    <saml:AuthnStatement AuthnInstant="2026-03-01T11:59:30Z"\
     SessionNotOnOrAfter="2026-03-01T20:00:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>\
    urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef>\
    </saml:AuthnContext></saml:AuthnStatement>\
    <saml:AttributeStatement><saml:Attribute Name="memberOf">\
    <saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema"\
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">analysts\
    </saml:AttributeValue></saml:Attribute></saml:AttributeStatement>\
    </saml:Assertion></samlp:Response>\
    """
        .formatted(request, CONSUMER, IDP, OWN);
  }

  /** What the provider would make of a draft that says something else. */
  String signed(UnaryOperator<String> change) {
    String draft = draft();
    String changed = change.apply(draft);
    if (changed.equals(draft)) {
      throw new IllegalStateException("nothing was changed");
    }
    return signed(changed, Signing.by(KEYS.getPrivate()));
  }

  String signed() {
    return signed(draft(), Signing.by(KEYS.getPrivate()));
  }

  static String signed(String draft, Signing how) {
    return edited(draft, document -> how.sign(assertion(document)));
  }

  static String signedWhole(String draft, Signing how) {
    return edited(draft, document -> how.sign(document.getDocumentElement()));
  }

  /** Both: the assertion first, so that the response's signature holds it. */
  String signedTwice() {
    return signedWhole(signed(), Signing.by(KEYS.getPrivate()));
  }

  static Element assertion(Document document) {
    return Elements.children(document.getDocumentElement(), Elements.ASSERTION, "Assertion")
        .getFirst();
  }

  static String edited(String xml, Consumer<Document> edit) {
    try {
      Document document =
          DocumentBuilderFactory.newDefaultNSInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)));
      edit.accept(document);
      Transformer out = TransformerFactory.newDefaultInstance().newTransformer();
      out.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      out.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
