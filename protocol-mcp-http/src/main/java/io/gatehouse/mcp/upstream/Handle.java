package io.gatehouse.mcp.upstream;

/** Holds on to a question that is under way. On its event loop. */
public interface Handle {

  /** Reads no more of the answer for now. */
  void pause();

  void resume();

  /** Closes the connection; the ear hears nothing more. */
  void cancel();
}
