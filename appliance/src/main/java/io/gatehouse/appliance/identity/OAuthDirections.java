package io.gatehouse.appliance.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a client without a token gets one.
 *
 * @param discovery the provider's discovery document
 * @param scope what to ask for there
 */
public record OAuthDirections(URI discovery, String scope) {

  /** RFC 7628, section 3.2.2. */
  String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("status", "invalid_token");
    members.put("openid-configuration", discovery.toString());
    members.put("scope", scope);
    return JSONObjectUtils.toJSONString(members);
  }
}
