package io.gatehouse.spi.net;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** A bound listener. Usable from any thread. */
public interface Listener {

  String name();

  InetSocketAddress address();

  /** Sessions that are logged in. */
  int sessions();

  /**
   * Accepts no more, ends sessions when they are idle outside a transaction, and all that remain
   * after {@link Limit#DRAIN_SECONDS}. Done when none is left.
   */
  CompletionStage<Void> drain();
}
