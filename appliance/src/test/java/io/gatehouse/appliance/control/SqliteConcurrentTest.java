package io.gatehouse.appliance.control;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** In a file. */
final class SqliteConcurrentTest extends ConcurrentStoreContract {
  @TempDir private Path folder;

  @Override
  StoreLocation location() {
    return new StoreLocation.InFile(folder.resolve("control/store.db"));
  }
}
