package io.gatehouse.appliance.desk;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the desk may be called: the names of its certificate. A page that made its own name lead
 * here has another one.
 */
final class HostNames {
  /** RFC 9112, section 3.2; a port may be another than the desk's where one is mapped. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?");

  /** RFC 5280, section 4.2.1.6. */
  private static final int DNS = 2;

  private static final int ADDRESS = 7;

  private HostNames() {}

  static boolean covers(X509Certificate certificate, String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      return false;
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(one -> matches(one, name));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean matches(List<?> alternative, String name) {
    String text = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
    if (Integer.valueOf(DNS).equals(alternative.get(0))) {
      int dot = name.indexOf('.');
      return text.equals(name)
          || (text.startsWith("*.") && dot > 0 && text.substring(1).equals(name.substring(dot)));
    }
    return Integer.valueOf(ADDRESS).equals(alternative.get(0))
        && address(text).isPresent()
        && address(text).equals(address(name.replaceAll("[\\[\\]]", "")));
  }

  private static Optional<InetAddress> address(String literal) {
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
