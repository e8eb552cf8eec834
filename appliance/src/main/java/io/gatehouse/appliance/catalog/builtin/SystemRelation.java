package io.gatehouse.appliance.catalog.builtin;

/** What a relation of pg_catalog or information_schema gives to who reads it. */
public enum SystemRelation {
  /** Names, types and definitions: what drivers and tools need. */
  SAFE_METADATA,
  /** Samples of user data: histograms, most common values. */
  STATISTICS_WITH_DATA,
  /** SQL text, activity or locks of other sessions. */
  OTHERS_SQL,
  /** Credentials, connection strings, contents of configuration files. */
  SECRETS,
  /** The content of large objects. */
  LARGE_OBJECTS,
  /** Everything else: counters, settings, state of the server. */
  SYSTEM
}
