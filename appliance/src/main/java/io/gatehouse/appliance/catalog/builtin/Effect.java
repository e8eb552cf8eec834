package io.gatehouse.appliance.catalog.builtin;

/** What a function can do beside taking values and giving one. */
public enum Effect {
  /** Values in, value out. Time zone, locale and the like may shape the value. */
  PURE,
  /** Another value at each call, and nothing else: random, the clock. */
  VOLATILE_HARMLESS,
  /** Waits as long as the caller says. */
  SLEEPS,
  /**
   * Reads catalogs, definitions, settings, statistics, sizes, privileges, the state of sessions.
   */
  SYSTEM_DATA,
  /** Reads the rows of relations that are given by name or number, without SQL text. */
  ROW_DATA,
  /** Runs SQL text that it is given. */
  DYNAMIC_SQL,
  /** Changes settings or other state of the session. */
  SESSION_STATE,
  /** Takes or gives up locks that outlive the call. */
  LOCKS,
  SEQUENCE_WRITE,
  /** Reads or writes large objects. */
  LARGE_OBJECT,
  /** Reads, writes or lists files of the server. */
  FILES,
  /** Tells other sessions something. */
  NOTIFY,
  /** Ends or cancels other sessions. */
  DISTURBS,
  /** Operates the server: reload, backup, statistics resets, maintenance. */
  ADMIN,
  /** Slots, origins, decoding. */
  REPLICATION,
  /** For pg_upgrade and pg_restore only: writes catalogs. */
  IMPORTS_CATALOG,
  /** Not for SQL: input and output of types, handlers, support and estimator functions. */
  INTERNAL,
  /** Connects to other servers. */
  NETWORK
}
