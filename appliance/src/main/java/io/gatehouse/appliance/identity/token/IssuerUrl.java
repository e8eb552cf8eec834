package io.gatehouse.appliance.identity.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which places keys may come from: https, or this machine itself. */
public final class IssuerUrl {
  /** Names and addresses that cannot lead to another machine. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private IssuerUrl() {}

  /** The URL, if tokens may be trusted that are checked with what is there. */
  public static Optional<URI> trusted(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      boolean plain = host != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      return plain && (secure(uri) || loopback(uri)) ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static boolean secure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Whether it is http on this machine. */
  public static boolean loopback(URI uri) {
    String host = uri.getHost();
    return "http".equalsIgnoreCase(uri.getScheme())
        && host != null
        && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
