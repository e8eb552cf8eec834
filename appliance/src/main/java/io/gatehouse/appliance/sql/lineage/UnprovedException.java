package io.gatehouse.appliance.sql.lineage;

/** A construct whose values cannot be followed. Stackless: what it is, is all there is to know. */
public final class UnprovedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnprovedException(String construct) {
    super(construct, null, false, false);
  }

  public static UnprovedException of(String construct) {
    return new UnprovedException(construct);
  }

  public String construct() {
    return String.valueOf(getMessage());
  }
}
