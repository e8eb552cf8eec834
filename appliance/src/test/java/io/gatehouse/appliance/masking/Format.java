package io.gatehouse.appliance.masking;

/** How the columns of a result are asked for. */
public enum Format {
  TEXT,
  BINARY
}
