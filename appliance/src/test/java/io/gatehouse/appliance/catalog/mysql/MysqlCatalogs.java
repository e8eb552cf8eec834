package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.Upstream;
import java.util.Map;

/** Catalogs of real servers as the gate reads them. */
public final class MysqlCatalogs {
  private MysqlCatalogs() {}

  /** Of all databases, as a user who may do everything. */
  public static Catalog of(Flavour flavour) {
    return MysqlEstate.read(
        new Upstream(
            "real",
            new Upstream.Tcp("127.0.0.1", RealServer.of(flavour).port(), null),
            Held.NATIVE.credential(),
            RealServer.DATABASE,
            null,
            Map.of()));
  }
}
