package io.gatehouse.appliance.masking;

/** How the columns of a result are asked for. */
public enum Format {
  TEXT(0),
  BINARY(1);

  private final int code;

  Format(int code) {
    this.code = code;
  }

  byte code() {
    return (byte) code;
  }
}
