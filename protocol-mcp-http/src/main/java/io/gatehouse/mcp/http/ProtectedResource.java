package io.gatehouse.mcp.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What RFC 9728 lets a client know of a place: who issues the tokens for it.
 *
 * @param resource its own URL, which is the audience of tokens for it
 * @param issuers at least one
 * @param scopes that make sense here; may be none
 */
public record ProtectedResource(String resource, List<String> issuers, List<String> scopes) {
  static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /** What needs no escape, neither in JSON nor in a quoted string. */
  private static final Pattern PLAIN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  public ProtectedResource {
    issuers = List.copyOf(issuers);
    scopes = List.copyOf(scopes);
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("a protected resource has at least one issuer");
    }
    location(resource);
    issuers.forEach(ProtectedResource::location);
    requireScopes(scopes);
  }

  /** RFC 6749, section 3.3. */
  static void requireScopes(List<String> scopes) {
    if (!scopes.stream().allMatch(PLAIN.asMatchPredicate())) {
      throw new IllegalArgumentException("a scope is of visible ASCII, without \" and \\");
    }
  }

  private static URI location(String text) {
    URI uri = URI.create(text);
    boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!http
        || uri.getRawAuthority() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || uri.getRawQuery() != null
        || !PLAIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a resource or issuer is an https or http URL without user, query and fragment");
    }
    return uri;
  }

  /** Where the metadata is, as a client sees it. */
  public String metadataUrl() {
    URI uri = location(resource);
    String path = uri.getRawPath().equals("/") ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getRawAuthority() + WELL_KNOWN + path;
  }

  /** The metadata. */
  byte[] json() {
    String text =
        "{\"resource\":\""
            + resource
            + "\",\"authorization_servers\":"
            + list(issuers)
            + (scopes.isEmpty() ? "" : ",\"scopes_supported\":" + list(scopes))
            + ",\"bearer_methods_supported\":[\"header\"]}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String list(List<String> items) {
    return "[\"" + String.join("\",\"", items) + "\"]";
  }
}
