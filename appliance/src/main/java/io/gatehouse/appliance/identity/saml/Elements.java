package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What is in an element: by exact names, in one place only. */
final class Elements {
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  static final String ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";

  private Elements() {}

  static boolean named(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  static List<Element> children(Element parent, String namespace, String name) {
    return children(parent).stream().filter(child -> named(child, namespace, name)).toList();
  }

  /** It, and everything in it. */
  static List<Element> all(Element root) {
    List<Element> all = new ArrayList<>();
    Deque<Element> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Element one = open.removeFirst();
      all.add(one);
      open.addAll(children(one));
    }
    return all;
  }

  /** As in {@link #requireOnly}. */
  static String qualified(String namespace, String name) {
    return "{" + namespace + "}" + name;
  }

  /** Children of these qualified names, and only blanks between them. */
  static void requireOnly(Element parent, Set<String> names) throws RefusedResponseException {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      boolean known =
          node instanceof Element child
              ? names.contains(
                  qualified(String.valueOf(child.getNamespaceURI()), child.getLocalName()))
              : node.getNodeValue().isBlank();
      unless(known, SamlRefusal.STRUCTURE);
    }
  }

  /** The one child of this name, or none. */
  static Optional<Element> atMostOne(Element parent, String namespace, String name)
      throws RefusedResponseException {
    List<Element> found = children(parent, namespace, name);
    unless(found.size() <= 1, SamlRefusal.STRUCTURE);
    return found.stream().findFirst();
  }

  static Optional<String> attribute(Element element, String name) {
    return element.hasAttributeNS(null, name)
        ? Optional.of(element.getAttributeNS(null, name))
        : Optional.empty();
  }

  /** All of its text, where it has nothing but text. */
  static String text(Element element) throws RefusedResponseException {
    unless(children(element).isEmpty(), SamlRefusal.STRUCTURE);
    return element.getTextContent();
  }
}
