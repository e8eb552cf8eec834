package io.gatehouse.appliance.mask.type;

import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL's types as its catalog and its results name them; the numbers are of pg_type.dat. */
public final class PostgresTypes {
  private static final int HEADER = 4;

  /** bool, bytea, "char", name, int2, int4, text, bpchar, varchar, int8, float4, float8, oid; */
  private static final int[] PLAIN_ARRAYS = {
    1000, 1001, 1002, 1003, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1028
  };

  /** timestamp, date, time, timestamptz, interval, numeric, timetz, bit, varbit, uuid; */
  private static final int[] OTHER_ARRAYS = {
    1115, 1182, 1183, 1185, 1187, 1231, 1270, 1561, 1563, 2951
  };

  /** json, jsonb, xml, inet, cidr, macaddr. */
  private static final int[] FORMED_ARRAYS = {199, 3807, 143, 1041, 651, 1040};

  private static final Map<Integer, TypeFamily> FAMILIES = families();

  private PostgresTypes() {}

  private static Map<Integer, TypeFamily> families() {
    Map<Integer, TypeFamily> families = new HashMap<>();
    families.put(16, TypeFamily.BOOL);
    families.put(17, TypeFamily.BYTEA);
    families.put(18, TypeFamily.CHAR);
    families.put(19, TypeFamily.NAME);
    families.put(20, TypeFamily.INT8);
    families.put(21, TypeFamily.INT2);
    families.put(23, TypeFamily.INT4);
    families.put(25, TypeFamily.TEXT);
    families.put(26, TypeFamily.OID);
    families.put(114, TypeFamily.JSON);
    families.put(142, TypeFamily.XML);
    families.put(650, TypeFamily.CIDR);
    families.put(700, TypeFamily.FLOAT4);
    families.put(701, TypeFamily.FLOAT8);
    // a literal that nothing gave a type
    families.put(705, TypeFamily.TEXT);
    families.put(829, TypeFamily.MACADDR);
    families.put(869, TypeFamily.INET);
    families.put(1042, TypeFamily.BPCHAR);
    families.put(1043, TypeFamily.VARCHAR);
    families.put(1082, TypeFamily.DATE);
    families.put(1083, TypeFamily.TIME);
    families.put(1114, TypeFamily.TIMESTAMP);
    families.put(1184, TypeFamily.TIMESTAMPTZ);
    families.put(1186, TypeFamily.INTERVAL);
    families.put(1266, TypeFamily.TIMETZ);
    families.put(1560, TypeFamily.BIT);
    families.put(1562, TypeFamily.VARBIT);
    families.put(1700, TypeFamily.NUMERIC);
    families.put(2950, TypeFamily.UUID);
    families.put(3802, TypeFamily.JSONB);
    for (int[] arrays : List.of(PLAIN_ARRAYS, OTHER_ARRAYS, FORMED_ARRAYS)) {
      for (int array : arrays) {
        families.put(array, TypeFamily.ARRAY);
      }
    }
    return Map.copyOf(families);
  }

  /**
   * A column of a built-in type.
   *
   * @param oid the type's number; a domain's is that of its base type, as in a described result
   * @param modifier the column's type modifier; -1 if it has none
   */
  public static ValueType of(int oid, int modifier) {
    TypeFamily family = FAMILIES.getOrDefault(oid, TypeFamily.OTHER);
    if (modifier < 0) {
      return ValueType.of(family);
    }
    return switch (family) {
      case VARCHAR, BPCHAR -> ValueType.of(family, Math.max(0, modifier - HEADER));
      case BIT, VARBIT -> ValueType.of(family, modifier);
      case NUMERIC -> decimal(modifier - HEADER);
      default -> ValueType.of(family);
    };
  }

  /** numeric.c: the precision above, and below it eleven bits of scale with their sign. */
  private static ValueType decimal(int packed) {
    if (packed < 0) {
      return ValueType.of(TypeFamily.NUMERIC);
    }
    return ValueType.decimal(packed >> 16 & 0xFFFF, ((packed & 0x7FF) ^ 1024) - 1024);
  }
}
