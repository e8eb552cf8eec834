package io.gatehouse.spi.net;

import io.gatehouse.spi.CloseReason;

/**
 * What a protocol counts. Called on event loops for every event named, so implementations resolve
 * their meters once and never block. Directions read as the traffic flows.
 */
public interface Meters {

  void accepted(String listener);

  void loggedIn(String listener);

  void closed(String listener, CloseReason reason);

  void limitReached(Limit limit);

  void clientToServer(long bytes);

  void serverToClient(long bytes);

  void cancelDelivered();

  void cancelUnknown();

  /** Counts nothing. */
  Meters NONE =
      new Meters() {
        @Override
        public void accepted(String listener) {}

        @Override
        public void loggedIn(String listener) {}

        @Override
        public void closed(String listener, CloseReason reason) {}

        @Override
        public void limitReached(Limit limit) {}

        @Override
        public void clientToServer(long bytes) {}

        @Override
        public void serverToClient(long bytes) {}

        @Override
        public void cancelDelivered() {}

        @Override
        public void cancelUnknown() {}
      };
}
