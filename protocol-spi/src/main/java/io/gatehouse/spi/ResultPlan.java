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

  /**
   * The result comes as bulk copy; called before its first row reaches the client.
   *
   * @param columns how many
   * @param binary whether in the binary form
   */
  default CopyShape copy(int columns, boolean binary) {
    return new CopyShape.Veto(
        Refusal.of(Refusal.Kind.POLICY, "the result of COPY is not described, so it is withheld")
            .withHint("Use a SELECT instead."));
  }

  /**
   * A message comes back for a call; asked before a byte of it reaches the client, on the event
   * loop. With {@link #UNTOUCHED} it is never called.
   */
  default ContentShape content(Content content) {
    return new ContentShape.Veto(
        Refusal.of(Refusal.Kind.INTERNAL, "nobody has said what of this may be shown"));
  }

  /** What the client may read of errors and notices while the command runs. */
  default Diagnostics diagnostics() {
    return Diagnostics.AS_SENT;
  }
}
