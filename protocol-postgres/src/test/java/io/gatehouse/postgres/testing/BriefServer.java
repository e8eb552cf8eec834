package io.gatehouse.postgres.testing;

import io.gatehouse.spi.testing.ServerFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/**
 * A real PostgreSQL that lives no longer than its test: nothing of it is to survive a crash of the
 * machine, so that it waits for no disk.
 */
public final class BriefServer {
  private BriefServer() {}

  /** More settings may be added. Closing the server deletes its data. */
  public static EmbeddedPostgres.Builder builder() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(ServerFolder.create())
        .setServerConfig("fsync", "off")
        .setServerConfig("full_page_writes", "off")
        .setServerConfig("max_wal_size", "128MB");
  }
}
