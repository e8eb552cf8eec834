package io.gatehouse.appliance.identity.saml;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Where a browser is sent to log in: HTTP-Redirect (SAML bindings, section 3.4).
 *
 * @param provider where the provider takes requests
 * @param own the gate's entity id
 * @param consumer where the response is to come
 */
public record RequestUrl(URI provider, String own, URI consumer) {

  /** Of one request. */
  public String of(String id, Instant now) {
    String request =
        """
        <samlp:AuthnRequest xmlns:samlp="%s" xmlns:saml="%s" ID="%s" Version="2.0" IssueInstant="%s"\
         Destination="%s" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"\
         AssertionConsumerServiceURL="%s"><saml:Issuer>%s</saml:Issuer></samlp:AuthnRequest>\
        """
            .formatted(
                Elements.PROTOCOL,
                Elements.ASSERTION,
                id,
                now.truncatedTo(ChronoUnit.SECONDS),
                XmlText.of(provider.toString()),
                XmlText.of(consumer.toString()),
                XmlText.of(own));
    return provider
        + (provider.getRawQuery() == null ? "?" : "&")
        + "SAMLRequest="
        + URLEncoder.encode(
            Base64.getEncoder().encodeToString(deflated(request)), StandardCharsets.US_ASCII);
  }

  private static byte[] deflated(String text) {
    Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, raw)) {
        deflating.write(text.getBytes(StandardCharsets.UTF_8));
      } catch (java.io.IOException e) {
        throw new IllegalStateException("memory can be written to", e);
      }
      return out.toByteArray();
    } finally {
      raw.end();
    }
  }
}
