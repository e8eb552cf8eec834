package io.gatehouse.appliance.identity.saml;

import static io.gatehouse.appliance.identity.saml.RefusedResponseException.unless;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The form that a browser posts (SAML bindings, section 3.5.4), and nothing beside it. */
final class ResponseForm {
  private static final String RESPONSE = "SAMLResponse";

  /** Never read: what comes back is known by the request that it answers. */
  private static final String RELAY_STATE = "RelayState";

  /**
   * All that an encoder of forms leaves as it is (WHATWG URL, section 5.2), and a sign for more.
   */
  private static final String PLAIN = "*-._";

  private ResponseForm() {}

  /** The octets of the response. */
  static byte[] read(byte[] body) throws RefusedResponseException {
    Optional<byte[]> response = Optional.empty();
    boolean relayed = false;
    for (String field : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
      int equals = field.indexOf('=');
      unless(equals > 0, SamlRefusal.FORM);
      byte[] value = decoded(field.substring(equals + 1));
      switch (field.substring(0, equals)) {
        case RESPONSE -> {
          unless(response.isEmpty(), SamlRefusal.FORM);
          response = Optional.of(value);
        }
        case RELAY_STATE -> {
          unless(!relayed, SamlRefusal.FORM);
          relayed = true;
        }
        default -> throw new RefusedResponseException(SamlRefusal.FORM);
      }
    }
    return base64(response.orElseThrow(() -> new RefusedResponseException(SamlRefusal.FORM)));
  }

  private static byte[] decoded(String value) throws RefusedResponseException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(value.length());
    int at = 0;
    while (at < value.length()) {
      char one = value.charAt(at);
      if (one == '%') {
        unless(
            at + 2 < value.length()
                && HexFormat.isHexDigit(value.charAt(at + 1))
                && HexFormat.isHexDigit(value.charAt(at + 2)),
            SamlRefusal.FORM);
        out.write(HexFormat.fromHexDigits(value, at + 1, at + 3));
        at += 3;
      } else {
        unless(plain(one) || one == '+', SamlRefusal.FORM);
        out.write(one == '+' ? ' ' : one);
        at++;
      }
    }
    return out.toByteArray();
  }

  private static boolean plain(char one) {
    return (one >= 'a' && one <= 'z')
        || (one >= 'A' && one <= 'Z')
        || (one >= '0' && one <= '9')
        || PLAIN.indexOf(one) >= 0;
  }

  /** Providers break lines; nothing else is passed over, and no bit is dropped. */
  private static byte[] base64(byte[] text) throws RefusedResponseException {
    String joined =
        new String(text, StandardCharsets.ISO_8859_1).replace("\r", "").replace("\n", "");
    try {
      byte[] octets = Base64.getDecoder().decode(joined);
      unless(Base64.getEncoder().encodeToString(octets).equals(joined), SamlRefusal.BASE64);
      return octets;
    } catch (IllegalArgumentException e) {
      throw new RefusedResponseException(SamlRefusal.BASE64);
    }
  }
}
