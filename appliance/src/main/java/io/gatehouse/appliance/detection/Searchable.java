package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.mask.type.MysqlTypes;
import io.gatehouse.appliance.mask.type.PostgresTypes;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.ResultDescription.Column;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of results can hold texts: PostgreSQL's by the numbers of pg_type.dat, MySQL's by
 * name.
 */
final class Searchable {
  // FirstNormalObjectId: types of users and extensions
  private static final int FIRST_USER_TYPE = 16384;

  /** text, varchar, char(n), name, json, jsonb and xml, in arrays; cstring in arrays. */
  private static final Set<Integer> ARRAYS =
      Set.of(1009, 1015, 1014, 1003, 199, 3807, 143, 1263, 2287);

  /** record, cstring, refcursor, tsvector, tsquery, jsonpath; record in arrays is above. */
  private static final Set<Integer> OTHERS = Set.of(2249, 2275, 1790, 3614, 3615, 4072);

  private Searchable() {}

  /** The column's type; empty if it holds no text that could be anybody's. */
  static Optional<ValueType> of(Column column, Catalog catalog) {
    return Character.isDigit(column.type().charAt(0))
        ? ofPostgres(column, catalog)
        : ofMysql(MysqlTypes.of(column.type(), column.modifier()));
  }

  private static Optional<ValueType> ofMysql(ValueType type) {
    return switch (type.family()) {
      case TEXT, VARCHAR, BPCHAR, NAME, JSON, JSONB, XML, ARRAY, OTHER -> Optional.of(type);
      case BOOL, INT2, INT4, INT8, OID, NUMERIC, FLOAT4, FLOAT8, CHAR, UUID -> Optional.empty();
      case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> Optional.empty();
      // An enumeration's labels are those that its definition has.
      case BYTEA, BIT, VARBIT, INET, CIDR, MACADDR, ENUM -> Optional.empty();
    };
  }

  private static Optional<ValueType> ofPostgres(Column column, Catalog catalog) {
    int oid = Integer.parseUnsignedInt(column.type());
    if (catalog.enumeration(Integer.toUnsignedLong(oid)) != null) {
      // One of the labels that its definition has.
      return Optional.empty();
    }
    ValueType type = PostgresTypes.of(oid, column.modifier());
    boolean texts =
        switch (type.family()) {
          case TEXT, VARCHAR, BPCHAR, NAME, JSON, JSONB, XML -> true;
          case ARRAY -> ARRAYS.contains(oid);
          case OTHER ->
              Integer.compareUnsigned(oid, FIRST_USER_TYPE) >= 0
                  || OTHERS.contains(oid)
                  || ARRAYS.contains(oid);
          case BOOL, INT2, INT4, INT8, OID, NUMERIC, FLOAT4, FLOAT8, CHAR, UUID -> false;
          case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> false;
          case BYTEA, BIT, VARBIT, INET, CIDR, MACADDR, ENUM -> false;
        };
    return texts ? Optional.of(type) : Optional.empty();
  }
}
