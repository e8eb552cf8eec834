package io.gatehouse.appliance.journal.keep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where orders wait to be carried out: a folder of the journal. */
public final class OrderFolder {
  private static final String SUFFIX = ".order";

  /** At one look. */
  private static final int MOST = 256;

  private final Path folder;

  private OrderFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes it if it is not there. */
  public static OrderFolder open(Path journal) throws IOException {
    Path folder = journal.resolve("orders");
    Files.createDirectories(folder);
    return new OrderFolder(folder);
  }

  /** A file that somebody put there. */
  final class Waiting {
    private final Path file;

    private Waiting(Path file) {
      this.file = file;
    }

    Order order() throws Order.MalformedException {
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        return Order.parse(in.readNBytes(Order.MOST_BYTES + 1));
      } catch (IOException e) {
        throw new Order.MalformedException("cannot be read");
      }
    }

    private boolean holds() {
      try {
        return order().action() instanceof Action.Hold;
      } catch (Order.MalformedException e) {
        return false;
      }
    }

    void remove() throws IOException {
      Files.deleteIfExists(file);
      sync();
    }
  }

  /** Holds first: what is asked for at the same time is held before it is pruned. */
  List<Waiting> waiting() throws IOException {
    List<Waiting> waiting = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        if (waiting.size() < MOST && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          waiting.add(new Waiting(file));
        }
      }
    }
    waiting.sort(Comparator.comparing(Waiting::holds).reversed());
    return waiting;
  }

  /** Puts it there whole, or not at all. */
  public Path put(Order order) throws IOException {
    Path file = folder.resolve(order.id() + SUFFIX);
    Path draft = folder.resolve(order.id() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(order.bytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync();
    return file;
  }

  private void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
