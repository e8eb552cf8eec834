package io.gatehouse.spi;

import io.netty.buffer.ByteBuf;

/** The form in which a command came, before anyone understood it. */
public sealed interface CommandForm {

  /** SQL text, with the values bound to it. */
  non-sealed interface Sql extends CommandForm {

    /** Exactly the bytes the client sent, in the session's encoding, without a terminator. */
    ByteBuf text();

    /** Whether the text may hold several statements, as the simple query protocols allow. */
    boolean mayHoldSeveral();

    /** The bind values; none at stage PREPARE, but the declared types are there. */
    Binds binds();

    /**
     * A place for the engine to keep what it learnt about a prepared text; lives as long as the
     * prepared statement. Never shared between sessions.
     */
    Memo memo();
  }

  /** A function called by its identifier, without SQL. */
  non-sealed interface FunctionCall extends CommandForm {

    /** The protocol's identifier of the function, unsigned. */
    long function();

    Binds arguments();
  }

  /** A slot beside a prepared statement, see {@link Sql#memo}. */
  final class Memo {
    private @org.jspecify.annotations.Nullable Object content;

    public @org.jspecify.annotations.Nullable Object get() {
      return content;
    }

    public void set(@org.jspecify.annotations.Nullable Object newContent) {
      content = newContent;
    }
  }
}
