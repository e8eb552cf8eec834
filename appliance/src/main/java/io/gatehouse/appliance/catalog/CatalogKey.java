package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;

/** Which database of which target. */
public record CatalogKey(String target, String database) {

  public static CatalogKey of(Upstream upstream) {
    return new CatalogKey(upstream.target(), upstream.database());
  }
}
