package io.gatehouse.appliance.identity.saml;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A provider that vouches for whomever a test names, with a certificate of its own. */
public final class ForgedProvider {
  public static final String ENTITY = SamlScene.IDP;
  public static final String SIGN_ON = "https://idp.example.com/saml/sso?tenant=bank";

  private static final Pattern ID = Pattern.compile("ID=\"(_[0-9a-f]{40})\"");
  private static final int MOST = 65_536;

  private final X509Bundle own;
  private int assertions;

  public ForgedProvider() throws Exception {
    own =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=idp")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  public String certificate() {
    return own.getCertificatePEM();
  }

  /** What the gate asks, from where it sends the browser. */
  public static String request(URI location) throws DataFormatException {
    String query = location.getRawQuery();
    String encoded = query.substring(query.indexOf("SAMLRequest=") + "SAMLRequest=".length());
    byte[] deflated =
        Base64.getDecoder().decode(URLDecoder.decode(encoded, StandardCharsets.US_ASCII));
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      byte[] out = new byte[MOST];
      return new String(out, 0, inflater.inflate(out), StandardCharsets.UTF_8);
    } finally {
      inflater.end();
    }
  }

  /** The form of a response to that request about that person, an analyst. */
  public byte[] answer(String request, URI consumer, String audience, String person) {
    return answer(request, consumer, audience, person, Instant.now().plusSeconds(36_000));
  }

  public byte[] answer(
      String request, URI consumer, String audience, String person, Instant sessionEnd) {
    Matcher id = ID.matcher(request);
    if (!id.find()) {
      throw new IllegalStateException("the request has no id");
    }
    assertions++;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    SamlScene scene = new SamlScene();
    String draft =
        scene
            .draft()
            .replace(scene.request(), id.group(1))
            .replace("_a1", "_a" + assertions)
            .replace(SamlScene.CONSUMER, consumer.toString())
            .replace(SamlScene.OWN, audience)
            .replace("erika", person)
            .replace("2026-03-01T20:00:00Z", sessionEnd.truncatedTo(ChronoUnit.MILLIS).toString())
            .replace("2026-03-01T12:05:00Z", now.plusSeconds(300).toString())
            .replaceAll("2026-03-01T1[12]:[0-9]{2}:[0-9]{2}Z", now.toString());
    return SamlScene.form(SamlScene.signed(draft, Signing.by(own.getKeyPair().getPrivate())));
  }
}
