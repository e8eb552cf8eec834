package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.token.PublishedKey.Unusable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one issuer by their ids (RFC 7517 section 5). Immutable. */
record KeySet(Map<String, PublishedKey> byId) {
  static final int MAX_KEYS = 100;

  KeySet {
    byId = Map.copyOf(byId);
  }

  static KeySet read(Json.Members document) throws KeysUnavailableException {
    if (!(document.find("keys").orElse(null) instanceof Json.Items(List<Json> keys))) {
      throw new KeysUnavailableException("the document of keys has no array of keys");
    }
    if (keys.size() > MAX_KEYS) {
      throw new KeysUnavailableException("there are more than " + MAX_KEYS + " keys");
    }
    Map<String, PublishedKey> byId = new HashMap<>();
    for (Json key : keys) {
      if (!(key instanceof Json.Members members)) {
        throw new KeysUnavailableException("one of the keys is not an object");
      }
      // Other keys are not found by any token.
      if (members.find("kid").orElse(null) instanceof Json.Text(String id)
          && id.length() <= TokenHeader.MAX_KEY_ID) {
        byId.merge(
            id,
            PublishedKeyReader.read(members),
            (one, other) -> new Unusable("another key has the same id"));
      }
    }
    return new KeySet(byId);
  }

  Optional<PublishedKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  long usable() {
    return byId.values().stream().filter(PublishedKey.Usable.class::isInstance).count();
  }
}
