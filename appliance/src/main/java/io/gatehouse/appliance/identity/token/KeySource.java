package io.gatehouse.appliance.identity.token;

import java.net.URI;
import java.util.Optional;

/**
 * Where an issuer says its keys are (OpenID Connect Discovery 1.0 section 4), and what is there.
 */
record KeySource(TokenIssuer issuer, Documents documents) {

  KeySet fetch() throws KeysUnavailableException {
    Json.Members discovery = documents.fetch(issuer.discovery());
    // Section 4.3: exactly. Otherwise whoever serves one document could serve another's keys.
    if (!discovery.find("issuer").equals(Optional.of(new Json.Text(issuer.issuer())))) {
      throw new KeysUnavailableException("its discovery document names another issuer");
    }
    return KeySet.read(documents.fetch(keys(discovery)));
  }

  private URI keys(Json.Members discovery) throws KeysUnavailableException {
    if (!(discovery.find("jwks_uri").orElse(null) instanceof Json.Text(String url))) {
      throw new KeysUnavailableException("its discovery document has no jwks_uri");
    }
    return IssuerUrl.trusted(url)
        .filter(uri -> IssuerUrl.secure(uri) || IssuerUrl.loopback(issuer.discovery()))
        .orElseThrow(() -> new KeysUnavailableException("its jwks_uri is not a usable https URL"));
  }
}
