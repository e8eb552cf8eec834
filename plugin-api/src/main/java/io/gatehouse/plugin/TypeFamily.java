package io.gatehouse.plugin;

/** What kind of value a column carries. A domain is what it is made of. */
public enum TypeFamily {
  BOOL,
  INT2,
  INT4,
  INT8,
  /** An unsigned number of 32 bits that names an object of the server. */
  OID,
  NUMERIC,
  FLOAT4,
  FLOAT8,
  TEXT,
  VARCHAR,
  /** Text that is filled with blanks up to its length. */
  BPCHAR,
  /** The name of an object of the server, at most 63 bytes. */
  NAME,
  /** A single byte. */
  CHAR,
  UUID,
  DATE,
  TIME,
  TIMETZ,
  TIMESTAMP,
  TIMESTAMPTZ,
  INTERVAL,
  BYTEA,
  BIT,
  VARBIT,
  JSON,
  JSONB,
  XML,
  INET,
  CIDR,
  MACADDR,
  /** Of whatever elements. */
  ARRAY,
  /** One of the labels that the type says. */
  ENUM,
  /** Anything else: composite types, ranges, types of extensions. */
  OTHER
}
