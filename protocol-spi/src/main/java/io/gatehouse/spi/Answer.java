package io.gatehouse.spi;

/** What {@link GateSession#submit} returns: a decision now, or the promise of one. */
public sealed interface Answer permits Decision, Answer.Later {

  /** The decision comes through the {@link Reply}; reading from the client is paused until then. */
  Later LATER = new Later();

  /** See {@link #LATER}. */
  final class Later implements Answer {
    private Later() {}
  }
}
