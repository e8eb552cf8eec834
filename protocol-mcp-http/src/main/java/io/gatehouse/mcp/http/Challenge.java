package io.gatehouse.mcp.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Values of {@code WWW-Authenticate} (RFC 6750, section 3, and RFC 9728, section 5.1). Nothing that
 * would end a quoted string gets into one.
 */
public final class Challenge {
  /** RFC 6750 takes no others in a description. */
  private static final Pattern DESCRIPTION =
      Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");

  private Challenge() {}

  /** For 401, to who showed nothing. */
  public static String missing(ProtectedResource resource) {
    return "Bearer " + where(resource, resource.scopes());
  }

  /** For 401, to who showed a token that is not good. */
  public static String invalid(ProtectedResource resource, String why) {
    return "Bearer error=\"invalid_token\", error_description=\""
        + described(why)
        + "\", "
        + where(resource, resource.scopes());
  }

  /**
   * For 403.
   *
   * @param needed all scopes at once, so that the client comes back once
   */
  public static String insufficient(ProtectedResource resource, List<String> needed, String why) {
    ProtectedResource.requireScopes(needed);
    return "Bearer error=\"insufficient_scope\", error_description=\""
        + described(why)
        + "\", "
        + where(resource, needed);
  }

  private static String where(ProtectedResource resource, List<String> scopes) {
    String metadata = "resource_metadata=\"" + resource.metadataUrl() + "\"";
    return scopes.isEmpty() ? metadata : metadata + ", scope=\"" + String.join(" ", scopes) + "\"";
  }

  private static String described(String why) {
    if (!DESCRIPTION.matcher(why).matches()) {
      throw new IllegalArgumentException(
          "a description is of at most 200 printable ASCII characters, without \" and \\");
    }
    return why;
  }
}
