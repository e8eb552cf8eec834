package io.gatehouse.appliance.identity.saml;

/** Text of the configuration, in XML that the gate writes. */
final class XmlText {
  private XmlText() {}

  static String of(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
