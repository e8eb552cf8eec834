package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Attack.changed;
import static io.gatehouse.appliance.identity.saml.Attack.response;
import static io.gatehouse.appliance.identity.saml.Attack.said;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is no response, or is more than one. */
final class WrongForms {
  private WrongForms() {}

  static Stream<Attack> all() {
    return Stream.of(forms(), texts(), markup(), structure(), encrypted(), parts())
        .flatMap(List::stream);
  }

  private static Attack posted(String name, SamlRefusal reason, UnaryOperator<String> change) {
    return new Attack(
        name,
        reason,
        scene ->
            change.apply(new String(SamlScene.form(scene.signed()), US_ASCII)).getBytes(UTF_8));
  }

  private static List<Attack> forms() {
    return List.of(
        posted("nothing", SamlRefusal.FORM, _ -> ""),
        posted("no response", SamlRefusal.FORM, _ -> "RelayState=x"),
        posted("two responses", SamlRefusal.FORM, form -> form + "&" + form),
        posted("two relay states", SamlRefusal.FORM, form -> form + "&RelayState=&RelayState="),
        posted("unknown field", SamlRefusal.FORM, form -> form + "&SAMLart=x"),
        posted("field without a value", SamlRefusal.FORM, form -> form + "&RelayState"),
        posted(
            "escaped name",
            SamlRefusal.FORM,
            form -> form.replace("SAMLResponse", "%53AMLResponse")),
        posted("half an escape", SamlRefusal.FORM, form -> form + "%4"),
        posted("no escape", SamlRefusal.FORM, form -> form + "%zz"),
        posted("raw octets", SamlRefusal.FORM, form -> form + "\u00e9"),
        posted("empty response", SamlRefusal.NOT_XML, _ -> "SAMLResponse="),
        posted("junk for base64", SamlRefusal.BASE64, _ -> "SAMLResponse=%21%21%21"),
        posted(
            "base64 with a blank in it",
            SamlRefusal.BASE64,
            form -> form.replace("SAMLResponse=", "SAMLResponse=+")),
        posted("base64 with bits to spare", SamlRefusal.BASE64, _ -> "SAMLResponse=PB%3D%3D"),
        posted("base64 without its end", SamlRefusal.BASE64, _ -> "SAMLResponse=PGE"),
        posted("base64 of URLs", SamlRefusal.BASE64, _ -> "SAMLResponse=P-__"));
  }

  private static List<Attack> texts() {
    return List.of(
        new Attack(
            "UTF-16",
            SamlRefusal.NOT_XML,
            scene -> SamlScene.form(scene.signed().getBytes(UTF_16))),
        new Attack(
            "octets that are no UTF-8",
            SamlRefusal.NOT_XML,
            scene ->
                SamlScene.form(
                    scene
                        .signed()
                        .replace("erika", "erik\u00e4")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))),
        response(
            "another encoding declared",
            SamlRefusal.NOT_XML,
            scene -> "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + scene.signed()),
        response(
            "XML 1.1", SamlRefusal.NOT_XML, scene -> "<?xml version=\"1.1\"?>" + scene.signed()),
        response("no XML at all", SamlRefusal.NOT_XML, _ -> "SAML"),
        response("XML and something behind it", SamlRefusal.NOT_XML, scene -> scene.signed() + "x"),
        response("two documents", SamlRefusal.NOT_XML, scene -> scene.signed() + scene.signed()),
        response("deep as a well", SamlRefusal.NOT_XML, _ -> "<a>".repeat(20_000)),
        response("deep and sound", SamlRefusal.NOT_XML, _ -> "<a>".repeat(40) + "</a>".repeat(40)),
        response(
            "wide as the sea",
            SamlRefusal.NOT_XML,
            scene -> scene.signed().replaceFirst("<saml:Issuer", "<saml:Issuer" + attributes(200))),
        response(
            "prefix that is not bound",
            SamlRefusal.NOT_XML,
            scene -> scene.signed().replace("<saml:Subject>", "<evil:Subject>")),
        response(
            "entity that is not there",
            SamlRefusal.NOT_XML,
            scene -> scene.signed().replace("erika", "&evil;")));
  }

  private static String attributes(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(" a").append(i).append("=\"\"");
    }
    return text.toString();
  }

  private static List<Attack> markup() {
    return List.of(
        response("document type", SamlRefusal.MARKUP, scene -> "<!DOCTYPE r>" + scene.signed()),
        response(
            "entity from a file",
            SamlRefusal.MARKUP,
            scene ->
                "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                    + scene.signed().replace("erika", "&e;")),
        response(
            "parameter entity from the network",
            SamlRefusal.MARKUP,
            scene ->
                "<!DOCTYPE r [<!ENTITY % e SYSTEM \"http://127.0.0.1:1/\"> %e;]>" + scene.signed()),
        response(
            "a billion laughs",
            SamlRefusal.MARKUP,
            _ ->
                "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c"
                    + " \"&b;&b;&b;&b;\">]><r>&c;</r>"),
        response(
            "document type that makes another attribute the id",
            SamlRefusal.MARKUP,
            scene -> "<!DOCTYPE r [<!ATTLIST x y ID #IMPLIED>]>" + scene.signed()),
        changed("comment in the name", SamlRefusal.MARKUP, "erika<", "eri<!-- -->ka<"),
        said(
            "comment in the name that is signed",
            SamlRefusal.MARKUP,
            ">erika<",
            ">erika<!---->.evil.example<"),
        changed(
            "comment in the digest",
            SamlRefusal.MARKUP,
            "<ds:DigestValue>",
            "<ds:DigestValue><!--x-->"),
        changed("CDATA in the name", SamlRefusal.MARKUP, ">erika<", "><![CDATA[erika]]><"),
        changed("instruction in the name", SamlRefusal.MARKUP, ">erika<", ">erika<?x y?><"),
        response(
            "stylesheet",
            SamlRefusal.MARKUP,
            scene -> "<?xml-stylesheet href=\"http://127.0.0.1:1/\"?>" + scene.signed()));
  }

  private static List<Attack> structure() {
    return List.of(
        changed("ids alike", SamlRefusal.REPEATED_ID, "ID=\"_r1\"", "ID=\"_a1\""),
        changed(
            "id by another name",
            SamlRefusal.REPEATED_ID,
            "<saml:Subject>",
            "<saml:Subject Id=\"_a1\">"),
        changed(
            "id of XML", SamlRefusal.STRUCTURE, "<saml:Subject>", "<saml:Subject xml:id=\"_a1\">"),
        changed(
            "base of XML",
            SamlRefusal.STRUCTURE,
            "<saml:Subject>",
            "<saml:Subject xml:base=\"http://evil\">"),
        changed("no id", SamlRefusal.STRUCTURE, "ID=\"_r1\"", ""),
        changed("SAML 1.1", SamlRefusal.VERSION, "Version=\"2.0\"", "Version=\"1.1\""),
        said(
            "assertion of another version",
            SamlRefusal.VERSION,
            "ID=\"_a1\" Version=\"2.0\"",
            "ID=\"_a1\" Version=\"2.1\""));
  }

  private static List<Attack> encrypted() {
    String open = "<saml:EncryptedAssertion>";
    String close = "</saml:EncryptedAssertion>";
    return List.of(
        said(
            "encrypted assertion",
            SamlRefusal.ENCRYPTED,
            draft -> draft.replace("</samlp:Response>", open + close + "</samlp:Response>")),
        said(
            "encrypted name",
            SamlRefusal.ENCRYPTED,
            "<saml:NameID ",
            "<saml:EncryptedID/><saml:NameID "),
        said(
            "encrypted attribute",
            SamlRefusal.ENCRYPTED,
            "<saml:Attribute ",
            "<saml:EncryptedAttribute/><saml:Attribute "),
        said(
            "encrypted data somewhere",
            SamlRefusal.ENCRYPTED,
            "<saml:Attribute ",
            "<e:EncryptedData xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"/><saml:Attribute "));
  }

  private static List<Attack> parts() {
    return List.of(
        response(
            "no assertion",
            SamlRefusal.ASSERTION_MISSING,
            scene -> scene.draft().replaceAll("<saml:Assertion.*</saml:Assertion>", "")),
        response(
            "no status",
            SamlRefusal.STRUCTURE,
            scene -> scene.signed().replaceAll("<samlp:Status>.*</samlp:Status>", "")),
        response(
            "assertion alone",
            SamlRefusal.STRUCTURE,
            scene ->
                SamlScene.edited(
                    scene.signed(),
                    document ->
                        document.replaceChild(
                            SamlScene.assertion(document), document.getDocumentElement()))),
        response(
            "another message",
            SamlRefusal.STRUCTURE,
            scene -> scene.signed().replace("samlp:Response", "samlp:LogoutResponse")),
        changed(
            "text between elements",
            SamlRefusal.STRUCTURE,
            "<samlp:Status>",
            "mallory<samlp:Status>"),
        said(
            "unknown element",
            SamlRefusal.STRUCTURE,
            "<saml:Conditions",
            "<saml:Advice/><saml:Conditions"));
  }
}
