package io.gatehouse.spi;

import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonValue;
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

    Named.Kind kind();

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

  /**
   * Something called by its name, with arguments in JSON. Unlike the other forms, calls of one
   * session may be submitted while others of it wait or run.
   */
  non-sealed interface Call extends CommandForm {

    /** What is called, or done. */
    enum Kind {
      /** Does what its owner has it do. */
      TOOL,
      /** Something to read, by its address. */
      DOCUMENT,
      PROMPT,
      /** What may stand for an argument of a prompt, or in the address of a document. */
      COMPLETION,
      /** What there is of one kind. */
      LISTING,
      /** Changes are to be told. */
      SUBSCRIPTION,
      /** The server asks the client's model. */
      SAMPLING,
      /** The server asks the person at the client. */
      ELICITATION,
      /** What concerns the session only: its beginning, pings, its log. */
      SESSION
    }

    Call.Kind kind();

    /** Of several servers behind the target, the one that is meant; empty if there is one. */
    String server();

    /** As the server knows it; empty for what has no name. */
    String name();

    /** The whole message, as it came. */
    JsonText message();

    /** In the message; null if there are none. */
    @Nullable JsonValue arguments();
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
