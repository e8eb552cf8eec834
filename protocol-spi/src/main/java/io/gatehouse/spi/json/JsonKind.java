package io.gatehouse.spi.json;

/** What a JSON value can be. */
public enum JsonKind {
  OBJECT,
  ARRAY,
  STRING,
  NUMBER,
  BOOLEAN,
  NULL
}
