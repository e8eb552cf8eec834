package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.Attack.response;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Something signed beside something that is read: the eight of "On Breaking SAML" as SAML Raider
 * counts them, and their like.
 */
final class Wrappings {
  private static final Signing HOW = Signing.by(SamlScene.KEYS.getPrivate());

  private Wrappings() {}

  static Stream<Attack> all() {
    return Stream.of(firstFour(), lastFour(), hidden(), moved(), twice()).flatMap(one -> one);
  }

  private static Stream<Attack> hidden() {
    return Stream.of(
        assertions(
            "XSW3 with the ids alike",
            SamlRefusal.REPEATED_ID,
            (document, own) -> {
              Element evil = evil(own);
              evil.setAttribute("ID", own.getAttribute("ID"));
              own.getParentNode().insertBefore(evil, own);
            }),
        assertions(
            "evil assertion behind the signed one",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> own.getParentNode().appendChild(evil(own))),
        assertions(
            "signed assertion in a status detail",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element status = child(document.getDocumentElement(), "Status");
              Element detail =
                  status
                      .getOwnerDocument()
                      .createElementNS(Elements.PROTOCOL, "samlp:StatusDetail");
              status.appendChild(detail);
              own.getParentNode().replaceChild(evil(own), own);
              detail.appendChild(own);
            }),
        assertions(
            "signed assertion in the evil one's advice",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element evil = evil(own);
              own.getParentNode().replaceChild(evil, own);
              Element advice = document.createElementNS(Elements.ASSERTION, "saml:Advice");
              evil.appendChild(advice);
              advice.appendChild(own);
            }));
  }

  private static Stream<Attack> moved() {
    return Stream.of(
        assertions(
            "signature moved to the response",
            SamlRefusal.SIGNATURE_FORM,
            (document, own) -> {
              Element signature = signature(own);
              own.getParentNode().insertBefore(signature, own);
              child(own, "Subject").getFirstChild().setTextContent("mallory");
            }),
        assertions(
            "signature of the assertion deep in it",
            SamlRefusal.STRUCTURE,
            (document, own) -> child(own, "Subject").appendChild(signature(own))),
        assertions(
            "two signatures of one assertion",
            SamlRefusal.SIGNATURE_FORM,
            (document, own) -> own.appendChild(child(own, "Signature").cloneNode(true))));
  }

  private static Stream<Attack> twice() {
    return Stream.of(
        assertions(
            "assertion of another namespace before the signed one",
            SamlRefusal.STRUCTURE,
            (document, own) ->
                own.getParentNode()
                    .insertBefore(document.createElementNS("urn:evil", "saml:Assertion"), own)),
        assertions(
            "response in a response",
            SamlRefusal.STRUCTURE,
            (document, own) ->
                document
                    .getDocumentElement()
                    .appendChild(document.createElementNS(Elements.PROTOCOL, "samlp:Response"))),
        response(
            "assertion sound, response signed by a stranger",
            SamlRefusal.SIGNATURE_WRONG,
            scene ->
                SamlScene.signedWhole(scene.signed(), Signing.by(SamlScene.STRANGER.getPrivate()))),
        response(
            "response sound, assertion signed by a stranger",
            SamlRefusal.SIGNATURE_WRONG,
            scene ->
                SamlScene.signedWhole(
                    SamlScene.signed(scene.draft(), Signing.by(SamlScene.STRANGER.getPrivate())),
                    HOW)));
  }

  private static Stream<Attack> firstFour() {
    return Stream.of(
        wholes(
            "XSW1: the signed response inside the signature of the evil one",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element evil = evil(own);
              Element signature = signature(own);
              document.replaceChild(evil, own);
              evil.insertBefore(signature, evil.getFirstChild().getNextSibling());
              signature.appendChild(own);
            }),
        wholes(
            "XSW2: the signed response beside its signature in the evil one",
            SamlRefusal.STRUCTURE,
            (document, own) -> {
              Element evil = evil(own);
              Element signature = signature(own);
              document.replaceChild(evil, own);
              Node second = evil.getFirstChild().getNextSibling();
              evil.insertBefore(signature, second);
              evil.insertBefore(own, signature);
            }),
        assertions(
            "XSW3: the evil assertion before the signed one",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> own.getParentNode().insertBefore(evil(own), own)),
        assertions(
            "XSW4: the signed assertion inside the evil one",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element evil = evil(own);
              own.getParentNode().replaceChild(evil, own);
              evil.appendChild(own);
            }));
  }

  private static Stream<Attack> lastFour() {
    return Stream.of(
        assertions(
            "XSW5: the evil assertion with the signature, the signed one behind it",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element evil = evil(own);
              Node parent = own.getParentNode();
              Element signature = signature(own);
              parent.replaceChild(evil, own);
              evil.insertBefore(signature, evil.getFirstChild().getNextSibling());
              parent.appendChild(own);
            }),
        assertions(
            "XSW6: the signed assertion inside the signature of the evil one",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element evil = evil(own);
              Element signature = signature(own);
              own.getParentNode().replaceChild(evil, own);
              evil.insertBefore(signature, evil.getFirstChild().getNextSibling());
              signature.appendChild(own);
            }),
        assertions(
            "XSW7: the evil assertion in extensions",
            SamlRefusal.STRUCTURE,
            (document, own) -> {
              Element extensions = document.createElementNS(Elements.PROTOCOL, "samlp:Extensions");
              own.getParentNode().insertBefore(extensions, own);
              extensions.appendChild(evil(own));
            }),
        assertions(
            "XSW8: the signed assertion in an object of the evil one's signature",
            SamlRefusal.SEVERAL_ASSERTIONS,
            (document, own) -> {
              Element evil = evil(own);
              Element signature = signature(own);
              own.getParentNode().replaceChild(evil, own);
              evil.insertBefore(signature, evil.getFirstChild().getNextSibling());
              Element object = document.createElementNS(Elements.SIGNATURE, "ds:Object");
              signature.appendChild(object);
              object.appendChild(own);
            }));
  }

  private static Attack assertions(
      String name, SamlRefusal reason, BiConsumer<Document, Element> edit) {
    return response(
        name,
        reason,
        scene ->
            SamlScene.edited(
                scene.signed(), document -> edit.accept(document, SamlScene.assertion(document))));
  }

  private static Attack wholes(
      String name, SamlRefusal reason, BiConsumer<Document, Element> edit) {
    return response(
        name,
        reason,
        scene ->
            SamlScene.edited(
                SamlScene.signedWhole(scene.draft(), HOW),
                document -> edit.accept(document, document.getDocumentElement())));
  }

  /** A copy about somebody else, with an id of its own and no signature. */
  private static Element evil(Element own) {
    Element copy = (Element) own.cloneNode(true);
    copy.setAttribute("ID", "_evil");
    for (Element one : Elements.all(copy)) {
      if (!one.equals(copy) && one.hasAttribute("ID")) {
        one.setAttribute("ID", "_evil-" + one.getLocalName());
      }
      if (Elements.named(one, Elements.ASSERTION, "NameID")) {
        one.setTextContent("mallory");
      }
    }
    found(copy, "Signature").ifPresent(copy::removeChild);
    return copy;
  }

  /** Taken out of it. */
  private static Element signature(Element own) {
    Element signature = child(own, "Signature");
    own.removeChild(signature);
    return signature;
  }

  private static Element child(Element parent, String name) {
    return found(parent, name).orElseThrow();
  }

  private static Optional<Element> found(Element parent, String name) {
    List<Element> children = Elements.children(parent);
    return children.stream().filter(one -> one.getLocalName().equals(name)).findFirst();
  }
}
