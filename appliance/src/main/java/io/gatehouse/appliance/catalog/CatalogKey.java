package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;

/**
 * Which database of which target.
 *
 * @param database empty for all of them together
 */
public record CatalogKey(String target, String database) {

  public static CatalogKey of(Upstream upstream) {
    return new CatalogKey(upstream.target(), upstream.database());
  }

  /** For the operator. */
  String called() {
    return database.isEmpty()
        ? "the catalog of target \"" + target + "\""
        : "the catalog of database \"" + database + "\"";
  }
}
