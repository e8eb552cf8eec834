package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** A statement about the session itself: its transaction, cursors, settings, channels. */
public sealed interface SessionStatement extends Statement {

  record Prepare(Name name, List<TypeName> types, Statement statement) implements SessionStatement {
    public Prepare {
      types = List.copyOf(types);
    }
  }

  record Execute(Name name, List<Expression> arguments) implements SessionStatement {
    public Execute {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * @param name absent for ALL
   */
  record Deallocate(Optional<Name> name) implements SessionStatement {}

  record DeclareCursor(Name name, boolean binary, boolean hold, Query query)
      implements SessionStatement {}

  /**
   * FETCH or MOVE.
   *
   * @param direction lower-case words such as {@code next}, {@code forward all}, {@code absolute}
   * @param count as written with its sign; empty when none is
   */
  record Fetch(boolean move, String direction, String count, Name cursor)
      implements SessionStatement {}

  /**
   * @param name absent for ALL
   */
  record CloseCursor(Optional<Name> name) implements SessionStatement {}

  enum TransactionKind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    RELEASE,
    ROLLBACK_TO,
    PREPARE,
    COMMIT_PREPARED,
    ROLLBACK_PREPARED
  }

  /**
   * @param name the savepoint, or the global identifier of a prepared transaction
   * @param modes lower-case words such as {@code isolation level serializable}
   */
  record Transaction(TransactionKind kind, List<String> modes, boolean chain, Optional<String> name)
      implements SessionStatement {
    public Transaction {
      modes = List.copyOf(modes);
    }
  }

  /**
   * SET TRANSACTION, or SET SESSION CHARACTERISTICS.
   *
   * @param modes as in {@link Transaction}; {@code snapshot} for SET TRANSACTION SNAPSHOT
   */
  record SetTransaction(boolean sessionWide, List<String> modes) implements SessionStatement {
    public SetTransaction {
      modes = List.copyOf(modes);
    }
  }

  /**
   * @param names empty for ALL
   */
  record SetConstraints(List<QualifiedName> names, boolean deferred) implements SessionStatement {
    public SetConstraints {
      names = List.copyOf(names);
    }
  }

  sealed interface Setting {}

  /** The values as the server will see them, escapes undone, identifiers folded. */
  record Values(List<String> values) implements Setting {
    public Values {
      values = List.copyOf(values);
    }
  }

  record ToDefault() implements Setting {}

  record FromCurrent() implements Setting {}

  /**
   * SET of a variable. The special forms carry the variable that they set: {@code TIME ZONE} is
   * {@code timezone}, {@code NAMES} is {@code client_encoding}, {@code SCHEMA} is {@code
   * search_path}, {@code ROLE} is {@code role}, {@code SESSION AUTHORIZATION} is {@code
   * session_authorization}, {@code XML OPTION} is {@code xmloption}.
   *
   * @param name folded; with dots for a custom variable
   */
  record SetVariable(boolean local, String name, Setting setting) implements SessionStatement {}

  /**
   * @param name as in {@link SetVariable}; absent for ALL
   */
  record Reset(Optional<String> name) implements SessionStatement {}

  /**
   * @param name as in {@link SetVariable}; absent for ALL
   */
  record Show(Optional<String> name) implements SessionStatement {}

  enum DiscardKind {
    ALL,
    TEMP,
    PLANS,
    SEQUENCES
  }

  record Discard(DiscardKind kind) implements SessionStatement {}

  record Listen(Name channel) implements SessionStatement {}

  /**
   * @param channel absent for all of them
   */
  record Unlisten(Optional<Name> channel) implements SessionStatement {}

  record Notify(Name channel, Optional<String> payload) implements SessionStatement {}

  /**
   * @param mode lower-case words such as {@code access exclusive}
   */
  record Lock(List<FromItem.Table> tables, String mode) implements SessionStatement {
    public Lock {
      tables = List.copyOf(tables);
    }
  }

  record CallProcedure(Expression.Call call) implements SessionStatement {}

  /** DO: a block of code in some language. */
  record DoBlock(Optional<String> language, String code) implements SessionStatement {}
}
