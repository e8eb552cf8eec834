package io.gatehouse.spi;

/** How the engine answers a submission late. Usable from any thread. */
public interface Reply {

  /** The final word. Ignored if the submission was withdrawn; at most once. */
  void answer(Decision decision);

  /** Tells a waiting client how it stands, where its protocol has a way to say so. */
  void progress(String message);
}
