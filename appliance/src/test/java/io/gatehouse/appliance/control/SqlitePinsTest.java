package io.gatehouse.appliance.control;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of pins in a file. */
final class SqlitePinsTest extends PinsContract {
  @TempDir private Path folder;

  @Override
  StoreLocation location() {
    return new StoreLocation.InFile(folder.resolve("control/store.db"));
  }
}
