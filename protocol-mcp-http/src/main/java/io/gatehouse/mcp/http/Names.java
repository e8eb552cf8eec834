package io.gatehouse.mcp.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the listener is called. A page that made its own name lead here (DNS rebinding) says another
 * {@code Host}, and its browser another {@code Origin}.
 *
 * @param hosts without ports, since one may be mapped
 * @param origins of pages that may ask, as browsers write them; none if no page may
 */
public record Names(Set<String> hosts, Set<String> origins) {
  /** RFC 9112, section 3.2. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{0,5})?");

  public Names {
    hosts = hosts.stream().map(Names::lower).collect(Collectors.toUnmodifiableSet());
    origins = origins.stream().map(Names::lower).collect(Collectors.toUnmodifiableSet());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static boolean readable(String host) {
    return HOST.matcher(host).matches();
  }

  boolean served(String host) {
    Matcher matcher = HOST.matcher(host);
    return matcher.matches() && hosts.contains(lower(matcher.group(1)));
  }

  /** Whether pages of that origin may ask, wherever they came from. */
  boolean listed(String origin) {
    return origins.contains(lower(origin));
  }

  /**
   * A page of the very host that is asked may, since that has one of the names.
   *
   * @param host as the request says it
   */
  boolean mayAsk(String origin, String host) {
    String asked = lower(host);
    String from = lower(origin);
    return listed(origin) || from.equals("https://" + asked) || from.equals("http://" + asked);
  }
}
