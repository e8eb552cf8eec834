package io.gatehouse.spi;

/** The engine as a protocol sees it: one instance for the appliance, called from event loops. */
public interface Gate {

  /**
   * A client arrived. Called once per session, before any byte of its login is acted on.
   *
   * @param arrival where it came from and how
   * @param control the engine's way to act on the live session; usable from any thread
   */
  GateSession open(Arrival arrival, SessionControl control);
}
