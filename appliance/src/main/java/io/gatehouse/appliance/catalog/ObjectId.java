package io.gatehouse.appliance.catalog;

/** An object as pg_depend names it. The numbers of the catalogs are the same in every version. */
record ObjectId(long catalog, long oid) {
  static final long TYPE = 1247;
  static final long ROUTINE = 1255;
  static final long RELATION = 1259;
  static final long WRAPPER = 2328;
  static final long ACCESS_METHOD = 2601;
  static final long DEFAULT = 2604;
  static final long CAST = 2605;
  static final long CONSTRAINT = 2606;
  static final long OPERATOR_CLASS = 2616;
  static final long OPERATOR = 2617;
  static final long RULE = 2618;
  static final long TRIGGER = 2620;
  static final long OPERATOR_FAMILY = 2753;
  static final long POLICY = 3256;
  static final long STATISTICS = 3381;

  /** FirstNormalObjectId: below it is what initdb made. */
  private static final long FIRST_USER = 16_384;

  boolean builtin() {
    return builtin(oid);
  }

  static boolean builtin(long oid) {
    return oid < FIRST_USER;
  }
}
