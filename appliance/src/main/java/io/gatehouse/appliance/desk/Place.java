package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.config.SamlConfig;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.netty.handler.codec.http.HttpRequest;

/**
 * What may come to a target beside what everybody may send.
 *
 * @param limit of the body
 * @param mostBody its value
 */
record Place(Kind kind, Limit limit, long mostBody) {

  enum Kind {
    /** A plain path, and JSON at the most. */
    ORDINARY,
    /** A browser that begins to log in: the one target that has a query. */
    LOGIN,
    /** A browser that comes back, or a provider that tells of a logout. */
    FORM
  }

  /**
   * @param saml whether people log in by SAML here; where they do not, every target is ordinary
   */
  static Place of(HttpRequest request, boolean saml, Limits limits) {
    if (saml && request.uri().equals(SamlConfig.CONSUMER)) {
      return of(Kind.FORM, Limit.DESK_SAML_BYTES, limits);
    }
    if (request.uri().equals(Logouts.PATH)) {
      return of(Kind.FORM, Limit.DESK_BODY_BYTES, limits);
    }
    boolean login = saml && SamlLogins.LOGIN.matcher(request.uri()).matches();
    return of(login ? Kind.LOGIN : Kind.ORDINARY, Limit.DESK_BODY_BYTES, limits);
  }

  private static Place of(Kind kind, Limit limit, Limits limits) {
    return new Place(kind, limit, limits.of(limit));
  }
}
