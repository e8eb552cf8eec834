package io.gatehouse.appliance;

import io.gatehouse.appliance.config.HttpConfig;
import io.gatehouse.appliance.config.ListenerConfig;
import io.gatehouse.mcp.McpListener;
import io.gatehouse.mcp.McpProtocol;
import io.gatehouse.mysql.Face;
import io.gatehouse.mysql.MysqlListener;
import io.gatehouse.mysql.MysqlProtocol;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.postgres.PostgresListener;
import io.gatehouse.postgres.PostgresProtocol;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The protocols that the gate speaks, all in front of the same engine. Thread-safe. */
final class FrontDoors {
  /** What drivers may expect of every server that the gate is made for. */
  private static final String OLDEST_MYSQL = "8.0.11";

  private static final String OLDEST_MARIADB = "10.11.2-MariaDB";

  private final PostgresProtocol postgres;
  private final MysqlProtocol mysql;
  private final McpProtocol mcp;
  private final List<String> issuers;

  /**
   * @param issuers of tokens, which clients over HTTP are told
   */
  FrontDoors(Transport transport, Gate engine, Limits limits, Meters meters, List<String> issuers) {
    postgres = new PostgresProtocol(transport, engine, limits, meters);
    mysql = new MysqlProtocol(transport, engine, limits, meters);
    mcp = new McpProtocol(transport, engine, limits, meters);
    this.issuers = List.copyOf(issuers);
  }

  /** Through which the gate hears of PostgreSQL's targets itself. */
  PostgresProtocol postgres() {
    return postgres;
  }

  /** The gate's own question to a target. */
  CompletionStage<Rows> run(Protocol protocol, Upstream upstream, Statement statement) {
    return switch (protocol) {
      case POSTGRESQL -> postgres.run(upstream, statement);
      case MYSQL, MARIADB -> mysql.run(upstream, statement);
      case MCP, INFERENCE ->
          CompletableFuture.failedFuture(
              new UpstreamException("a target that speaks " + protocol + " is not asked in SQL"));
    };
  }

  /**
   * Binds; the stage fails with the reason if the address cannot be had.
   *
   * @param identity the current certificate; not asked for where the listener has none
   */
  CompletionStage<Listener> open(ListenerConfig settings, Supplier<ServerIdentity> identity) {
    return switch (settings.protocol()) {
      case POSTGRESQL ->
          postgres.listen(
              new PostgresListener(
                  settings.name(),
                  settings.bind().socketAddress(),
                  settings.tls().isPresent() ? identity : null,
                  settings.plaintext(),
                  settings.startupParameters()));
      case MYSQL ->
          mysql(settings, identity, Face.mysql(settings.serverVersion().orElse(OLDEST_MYSQL)));
      case MARIADB ->
          mysql(settings, identity, Face.mariadb(settings.serverVersion().orElse(OLDEST_MARIADB)));
      case MCP -> mcp(settings, settings.http().orElseThrow(), identity);
      case INFERENCE ->
          throw new IllegalArgumentException("no listener speaks " + settings.protocol());
    };
  }

  private CompletionStage<Listener> mysql(
      ListenerConfig settings, Supplier<ServerIdentity> identity, Face face) {
    return mysql.listen(
        new MysqlListener(settings.name(), settings.bind().socketAddress(), identity, face));
  }

  private CompletionStage<Listener> mcp(
      ListenerConfig settings, HttpConfig http, Supplier<ServerIdentity> identity) {
    return mcp.listen(
        new McpListener(
            settings.name(),
            settings.bind().socketAddress(),
            settings.tls().isPresent() ? identity : null,
            http.names(),
            http.origins(),
            http.served(settings.databases().keySet(), issuers)));
  }
}
