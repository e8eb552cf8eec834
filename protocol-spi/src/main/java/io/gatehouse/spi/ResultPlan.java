package io.gatehouse.spi;

/** What the engine wants to see and change of a command's result. */
public interface ResultPlan {

  /** Nothing: the result passes as opaque bytes. */
  ResultPlan UNTOUCHED = description -> ResultShape.PASS;

  /**
   * The result was described; called before its first row reaches the client, on the event loop.
   * With {@link #UNTOUCHED} it is never called.
   */
  ResultShape shape(ResultDescription description);
}
