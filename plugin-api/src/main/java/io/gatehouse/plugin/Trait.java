package io.gatehouse.plugin;

/** What is worth knowing of a command beside its operation. */
public enum Trait {
  /** Changes or deletes rows, and no condition says which. */
  WITHOUT_CONDITION,
  /** The condition there is holds for every row, or nothing shows that it does not. */
  WHOLE_TABLE,
  /** Came together with others in one message. */
  ONE_OF_SEVERAL,
  /** Runs text as code that only exists when it runs. */
  DYNAMIC_CODE,
  /** Calls code that users of the target defined. */
  USER_CODE,
  /** Reads or writes files of the server. */
  FILES,
  /** Starts a program on the server. */
  PROGRAMS,
  /** Reaches another server. */
  NETWORK,
  /** Changes who may do what. */
  PRIVILEGES,
  /** Takes on another identity. */
  IDENTITY,
  /** Changes how later commands are read or what their names mean. */
  CHANGES_READING,
  /** Nothing bounds the number of rows. */
  UNBOUNDED_RESULT,
  /** Executes what it claims to explain. */
  EXPLAIN_EXECUTES,
  /** Takes locks that hold others up. */
  LOCKS,
  /** Ends or cancels what others do. */
  DISTURBS_OTHERS,
  /** Reads what the server knows of itself, its users or its statistics. */
  SYSTEM_DATA,
  /** Reads where the server keeps secrets, or values and texts of others: passwords, statistics. */
  DISCLOSES,
  /** Says something to other sessions. */
  NOTIFIES,
  /** Keeps a result for later commands. */
  KEEPS_RESULT,
  /** Returns rows of what it changed. */
  RETURNS_CHANGED
}
