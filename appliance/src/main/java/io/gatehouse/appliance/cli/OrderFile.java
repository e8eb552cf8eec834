package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.Order;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An order in a file of an operator's own. */
final class OrderFile {
  private OrderFile() {}

  static Order read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Order.parse(in.readNBytes(Order.MOST_BYTES + 1));
    } catch (Order.MalformedException e) {
      throw new IOException(file + " is not an order: it " + e.getMessage(), e);
    }
  }

  /** The old one or the new one is there, never half of one. */
  static void replace(Path file, Order order) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, order.bytes());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
