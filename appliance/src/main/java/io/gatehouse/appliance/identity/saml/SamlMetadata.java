package io.gatehouse.appliance.identity.saml;

import java.net.URI;

/** What the provider's administrator imports (SAML metadata, section 2.4.4). */
public final class SamlMetadata {
  private SamlMetadata() {}

  public static String of(String own, URI consumer) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
      <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true"
          protocolSupportEnumeration="%s">
        <md:AssertionConsumerService index="0" isDefault="true"
            Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="%s"/>
      </md:SPSSODescriptor>
    </md:EntityDescriptor>
    """
        .formatted(XmlText.of(own), Elements.PROTOCOL, XmlText.of(consumer.toString()));
  }
}
