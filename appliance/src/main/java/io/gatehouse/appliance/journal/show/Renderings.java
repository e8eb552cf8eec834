package io.gatehouse.appliance.journal.show;

import io.gatehouse.mcp.McpRendering;
import io.gatehouse.mysql.MysqlRendering;
import io.gatehouse.postgres.PostgresRendering;
import io.gatehouse.spi.Rendering;
import io.gatehouse.spi.ResultReader;

/** How the bytes of which protocol are shown. */
final class Renderings {
  static final Rendering POSTGRESQL = new PostgresRendering();
  private static final Rendering MYSQL = new MysqlRendering();
  private static final Rendering MCP = new McpRendering();

  private Renderings() {}

  /**
   * @param protocol as sessions have it on record
   */
  static Rendering of(String protocol) {
    return switch (protocol) {
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      case "mcp" -> MCP;
      default -> new Bytes();
    };
  }

  /** Of protocols that are not read back: how much there is. */
  private static final class Bytes implements Rendering {
    @Override
    public ResultReader results(ResultReader.Sink sink) {
      return new ResultReader() {
        private long bytes;

        @Override
        public void take(byte[] part) {
          bytes += part.length;
        }

        @Override
        public void end() {
          sink.unread(bytes + " bytes of a protocol that is not shown yet");
        }
      };
    }

    @Override
    public String value(byte[] wire, String type, boolean binary) {
      return wire.length + " bytes";
    }
  }
}
