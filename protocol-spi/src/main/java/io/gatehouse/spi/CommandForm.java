package io.gatehouse.spi;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The form in which a command came, before anyone understood it. */
public sealed interface CommandForm {

  /** SQL text, with the values bound to it. */
  non-sealed interface Sql extends CommandForm {

    /** Exactly the bytes the client sent, in the session's encoding, without a terminator. */
    ByteBuf text();

    /**
     * The name it is prepared under, empty for none. SQL shares the name space (PREPARE,
     * DEALLOCATE), and what a function or a block of code does there no protocol reports: an engine
     * that lets such code run must not trust the text behind a name afterwards.
     */
    String statementName();

    /** The name of the portal it runs in, empty for none; the same holds for DECLARE and CLOSE. */
    String portalName();

    /**
     * The sequence of the last submission before this was bound, at which the server took its names
     * for what they meant then; 0 if nothing was bound.
     */
    long boundAfter();

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

  /**
   * Something the session named in SQL, of which the protocol never saw the text: a statement made
   * by PREPARE, a cursor made by DECLARE.
   */
  non-sealed interface Named extends CommandForm {

    /** What kind of thing the name stands for. */
    enum Kind {
      STATEMENT,
      CURSOR
    }

    Kind kind();

    String name();

    /** See {@link Sql#boundAfter}. */
    long boundAfter();

    Binds binds();
  }

  /** A function called by its identifier, without SQL. */
  non-sealed interface FunctionCall extends CommandForm {

    /** The protocol's identifier of the function, unsigned. */
    long function();

    Binds arguments();
  }

  /** A slot beside a prepared statement, see {@link Sql#memo}. */
  final class Memo {
    private @Nullable Object content;

    public @Nullable Object get() {
      return content;
    }

    public void set(@Nullable Object newContent) {
      content = newContent;
    }
  }
}
