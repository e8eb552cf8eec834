package io.gatehouse.mcp.upstream;

/** Holds on to a question that is under way. On its event loop. */
public interface Handle {

  /** Reads no more of the answer for now. */
  void pause();

  void resume();

  /** The rest of the answer may take any time; said in {@link Ear#head}. */
  void endless();

  /** Closes the connection; the ear hears nothing more. */
  void cancel();
}
