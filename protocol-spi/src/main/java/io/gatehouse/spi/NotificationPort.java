package io.gatehouse.spi;

/**
 * What a target tells by itself, through the held credential. Each channel that is listened on has
 * a connection of its own, which stays until it is closed or lost.
 */
@FunctionalInterface
public interface NotificationPort {

  /** For where nothing is to be heard. */
  NotificationPort SILENT = (_, _, _) -> () -> {};

  /**
   * Begins to listen; never blocks.
   *
   * @param channel lower-case letters, digits and underscores
   */
  Listening listen(Upstream upstream, String channel, Ear ear);

  /** A channel that is listened on. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {
    /** Ends it, from any thread; the ear may just be being told something. */
    @Override
    void close();
  }

  /** Told on the connection's own event loop; must not block. */
  interface Ear {
    /** The channel is listened on from now on; what was sent before was missed. */
    void began();

    /** Something was sent. What it says is not passed on: anybody on the target can send. */
    void heard();

    /** The connection is lost, or there never was one; told once, and nothing after it. */
    void ended(String reason);
  }
}
