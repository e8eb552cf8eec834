package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.CatalogReader;
import io.gatehouse.appliance.catalog.CatalogSource;
import io.gatehouse.appliance.catalog.SourcesByTarget;
import io.gatehouse.appliance.catalog.mysql.MysqlCatalogReader;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.TargetConfig;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.UnreadDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlDialect;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.net.Limit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Who reads the texts and the catalogs of which protocol. */
final class Understanding {
  private Understanding() {}

  static Dialects dialects() {
    SqlDialect postgresql = new PostgresDialect();
    SqlDialect mysql = new MysqlDialect(Flavour.MYSQL);
    SqlDialect mariadb = new MysqlDialect(Flavour.MARIADB);
    SqlDialect unread = new UnreadDialect();
    return protocol ->
        switch (protocol) {
          case POSTGRESQL -> postgresql;
          case MYSQL -> mysql;
          case MARIADB -> mariadb;
          case MCP, INFERENCE -> unread;
        };
  }

  /** Whether targets that speak it have a catalog. */
  static boolean catalogued(Protocol protocol) {
    return switch (protocol) {
      case POSTGRESQL, MYSQL, MARIADB -> true;
      case MCP, INFERENCE -> false;
    };
  }

  /** Reads the catalogs of all targets. */
  static CatalogSource catalogs(GatehouseConfig config, UpstreamPort port, Executor executor) {
    int rows = config.limits().intOf(Limit.CATALOG_ROWS);
    Duration time = config.limits().secondsOf(Limit.CATALOG_SECONDS);
    CatalogSource mysql = new MysqlCatalogReader(port, executor, rows, time);
    Map<String, CatalogSource> others = new HashMap<>();
    for (TargetConfig target : config.targets()) {
      if (target.protocol() == Protocol.MYSQL || target.protocol() == Protocol.MARIADB) {
        others.put(target.name(), mysql);
      }
    }
    return new SourcesByTarget(others, new CatalogReader(port, executor, rows, time));
  }
}
