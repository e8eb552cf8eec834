package io.gatehouse.appliance.identity.token;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what becomes of an issuer's keys: when it changes, not at each fetch. */
record KeyEvents(TokenIssuer issuer) {
  private static final Logger LOG = LoggerFactory.getLogger(KeyEvents.class);

  void fetched(KeySet keys) {
    LOG.atInfo()
        .addKeyValue("issuer", issuer.issuer())
        .addKeyValue("usable", keys.usable())
        .log("keys of an issuer fetched");
    keys.byId()
        .forEach(
            (id, key) -> {
              if (key instanceof PublishedKey.Unusable(String why)) {
                LOG.atInfo()
                    .addKeyValue("issuer", issuer.issuer())
                    .addKeyValue("key", id)
                    .addKeyValue("reason", why)
                    .log("a key of an issuer is not used");
              }
            });
  }

  void failed(String why) {
    LOG.atWarn()
        .addKeyValue("issuer", issuer.issuer())
        .addKeyValue("reason", why)
        .addKeyValue("good-for-seconds", issuer.keys().outage().toSeconds())
        .log("keys of an issuer cannot be fetched; those known are good for a while");
  }
}
