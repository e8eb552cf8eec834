package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Elements, attributes and text, and nothing else of XML. Where there is no markup of other kinds,
 * two readers cannot see different texts in one element.
 */
final class StrictXml {
  private static final String MOST_DEPTH = "32";
  private static final String MOST_ATTRIBUTES = "32";
  private static final String MOST_NAME = "256";
  private static final String DECLARATION = "<?xml ";

  private static final ErrorHandler QUIET =
      new ErrorHandler() {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
          throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
          throw e;
        }
      };

  private StrictXml() {}

  static Element parse(byte[] octets) throws RefusedResponseException {
    String text = text(octets);
    unless(!text.contains("<!"), SamlRefusal.MARKUP);
    int declared = text.startsWith(DECLARATION) ? DECLARATION.length() : 0;
    unless(text.indexOf("<?", declared) < 0, SamlRefusal.MARKUP);
    Document document = document(text);
    @Nullable String encoding = document.getXmlEncoding();
    unless(
        "1.0".equals(document.getXmlVersion())
            && (encoding == null || encoding.equalsIgnoreCase("UTF-8")),
        SamlRefusal.NOT_XML);
    Element root = document.getDocumentElement();
    requireIdsDiffer(root);
    return root;
  }

  private static String text(byte[] octets) throws RefusedResponseException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedResponseException(SamlRefusal.NOT_XML);
    }
  }

  private static Document document(String text) throws RefusedResponseException {
    try {
      DocumentBuilder builder = factory().newDocumentBuilder();
      builder.setErrorHandler(QUIET);
      builder.setEntityResolver(
          (_, _) -> {
            throw new SAXException("nothing is fetched");
          });
      return builder.parse(new InputSource(new StringReader(text)));
    } catch (SAXException | IOException e) {
      throw new RefusedResponseException(SamlRefusal.NOT_XML);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java has no XML parser that can be strict", e);
    }
  }

  /** The JDK's own, whatever is on the class path or in properties. */
  private static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory.setAttribute("jdk.xml.maxElementDepth", MOST_DEPTH);
    factory.setAttribute("jdk.xml.elementAttributeLimit", MOST_ATTRIBUTES);
    factory.setAttribute("jdk.xml.maxXMLNameLimit", MOST_NAME);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory;
  }

  /** Whatever anybody may take for an id counts as one. */
  private static void requireIdsDiffer(Element root) throws RefusedResponseException {
    Set<String> ids = new HashSet<>();
    for (Element one : Elements.all(root)) {
      NamedNodeMap attributes = one.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        Attr attribute = (Attr) attributes.item(i);
        boolean ofXml = XMLConstants.XML_NS_URI.equals(attribute.getNamespaceURI());
        unless(!ofXml || "lang".equals(local(attribute)), SamlRefusal.STRUCTURE);
        boolean id = local(attribute).toLowerCase(Locale.ROOT).equals("id");
        unless(!id || ids.add(attribute.getValue()), SamlRefusal.REPEATED_ID);
      }
    }
  }

  private static String local(Node node) {
    return node.getLocalName() == null ? node.getNodeName() : node.getLocalName();
  }
}
