package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** Variables, prepared texts, locks and what else belongs to the session on MySQL and MariaDB. */
public sealed interface MysqlSession extends MysqlStatement {

  /** What a variable belongs to. */
  enum Scope {
    /** {@code @name}. */
    USER,
    SESSION,
    GLOBAL,
    /** The running server and its next start. */
    PERSIST,
    /** The server's next start. */
    PERSIST_ONLY
  }

  sealed interface Setting {}

  /**
   * @param name a system variable's is lower-case, with a dot where it has one
   * @param value absent for DEFAULT; words that are values, such as ON, are strings
   */
  record Variable(Scope scope, String name, Optional<Expression> value) implements Setting {}

  /**
   * SET NAMES, which also says how the client's own texts are read.
   *
   * @param charset absent for DEFAULT
   */
  record Names(Optional<String> charset, Optional<String> collation) implements Setting {}

  /**
   * SET CHARACTER SET, which also says how the client's own texts are read.
   *
   * @param charset absent for DEFAULT
   */
  record CharacterSet(Optional<String> charset) implements Setting {}

  record SetVariables(List<Setting> settings) implements MysqlSession {
    public SetVariables {
      settings = List.copyOf(settings);
    }
  }

  /** SET STATEMENT ... FOR: what is set is so for that one statement. */
  record SetFor(List<Setting> settings, Statement statement) implements MysqlSession {
    public SetFor {
      settings = List.copyOf(settings);
    }
  }

  /**
   * @param scope absent for the next transaction only
   * @param modes as in {@link SessionStatement.Transaction}
   */
  record SetModes(Optional<Scope> scope, List<String> modes) implements MysqlSession {
    public SetModes {
      modes = List.copyOf(modes);
    }
  }

  /** PREPARE from a text that may be known only when it runs. */
  record PrepareText(Name name, Expression text) implements MysqlSession {}

  /** EXECUTE IMMEDIATE. */
  record ExecuteText(Expression text, List<Expression> arguments) implements MysqlSession {
    public ExecuteText {
      arguments = List.copyOf(arguments);
    }
  }

  record Use(Name database) implements MysqlSession {}

  /** DO: expressions for what they do. */
  record Evaluate(List<Expression> expressions) implements MysqlSession {
    public Evaluate {
      expressions = List.copyOf(expressions);
    }
  }

  record Help(String topic) implements MysqlSession {}

  /** A part of a condition that is raised, such as {@code message_text}. */
  record SignalItem(String name, Expression value) {}

  /**
   * SIGNAL or RESIGNAL.
   *
   * @param condition an SQLSTATE, or the name of a condition; absent for the one that is handled
   */
  record Signal(boolean again, Optional<String> condition, List<SignalItem> items)
      implements MysqlSession {
    public Signal {
      items = List.copyOf(items);
    }
  }

  /**
   * {@code target = item}.
   *
   * @param target a user variable behind its {@code @}, or a routine's own by name
   * @param item lower-case
   */
  record Diagnosis(String target, String item) {}

  /**
   * GET DIAGNOSTICS.
   *
   * @param condition its number, or a variable as in {@link Diagnosis}; absent for what is said of
   *     the whole statement
   */
  record Diagnostics(boolean stacked, Optional<String> condition, List<Diagnosis> diagnoses)
      implements MysqlSession {
    public Diagnostics {
      diagnoses = List.copyOf(diagnoses);
    }
  }

  /**
   * @param what lower-case: {@code connection}, {@code query}, {@code query id}
   * @param id absent if all of a user are meant
   */
  record Kill(String what, Optional<Expression> id, Optional<Account> user)
      implements MysqlSession {}

  /**
   * @param mode lower-case words such as {@code read local}
   */
  record LockedTable(QualifiedName table, Optional<Name> alias, String mode) {}

  record LockTables(List<LockedTable> tables) implements MysqlSession {
    public LockTables {
      tables = List.copyOf(tables);
    }
  }

  record UnlockTables() implements MysqlSession {}

  /**
   * @param action lower-case: {@code start}, {@code end}, {@code prepare}, {@code commit}, {@code
   *     rollback}, {@code recover}
   * @param transaction its global part as written; empty for {@code recover}
   */
  record Xa(String action, String transaction) implements MysqlSession {}
}
