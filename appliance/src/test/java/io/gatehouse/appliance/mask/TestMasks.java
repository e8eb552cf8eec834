package io.gatehouse.appliance.mask;

import io.gatehouse.appliance.mask.MaskCatalog.Found;
import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.login.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A catalog with a key, and masks out of it. */
final class TestMasks {
  static final List<String> NAMES =
      List.of(
          "redact",
          "constant",
          "null",
          "keep-last",
          "keep-first",
          "hash",
          "tokenize",
          "generalize",
          "round",
          "bucket",
          "email",
          "phone",
          "pan",
          "iban");

  private TestMasks() {}

  static MaskCatalog catalog() {
    return new MaskCatalog(MaskKeys.of(Map.of("main", key("k-2026", 1))), List.of());
  }

  static MaskKey key(String id, int fill) {
    byte[] bytes = new byte[MaskKey.LEAST_BYTES];
    java.util.Arrays.fill(bytes, (byte) fill);
    return MaskKey.of(id, Secret.of(bytes));
  }

  static Map<String, String> map(String... parameters) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return map;
  }

  static ColumnMask mask(MaskCatalog catalog, String name, ValueType type, String... parameters) {
    return switch (catalog.of(name, map(parameters), type)) {
      case Found.Defined defined -> defined.mask();
      case Found.Problem problem -> throw new AssertionError(problem.text());
    };
  }

  static String problem(MaskCatalog catalog, String name, ValueType type, String... parameters) {
    return switch (catalog.of(name, map(parameters), type)) {
      case Found.Defined defined -> throw new AssertionError("made " + defined.mask());
      case Found.Problem problem -> problem.text();
    };
  }

  /** Those without which a mask is a problem for every type. */
  static String[] parameters(String name) {
    return switch (name) {
      case "constant" -> new String[] {"value", "7"};
      case "hash", "tokenize" -> new String[] {"key", "main"};
      case "generalize" -> new String[] {"to", "quarter"};
      case "round", "bucket" -> new String[] {"to", "100"};
      case "keep-last", "keep-first" -> new String[] {"count", "2"};
      default -> new String[0];
    };
  }

  /** Every mask that is defined for a type. */
  static List<ColumnMask> all(MaskCatalog catalog, ValueType type) {
    List<ColumnMask> masks = new ArrayList<>();
    for (String name : NAMES) {
      if (catalog.of(name, map(parameters(name)), type) instanceof Found.Defined defined) {
        masks.add(defined.mask());
      }
    }
    return masks;
  }

  /** With bounds where the family has any. */
  static ValueType example(TypeFamily family) {
    return switch (family) {
      case NUMERIC -> ValueType.decimal(12, 0);
      case VARCHAR, BPCHAR -> ValueType.of(family, 20);
      case BIT, VARBIT -> ValueType.of(family, 9);
      case ENUM -> ValueType.enumeration(List.of("7", "red"));
      case BOOL, INT2, INT4, INT8, OID, FLOAT4, FLOAT8, TEXT, NAME, CHAR -> ValueType.of(family);
      case UUID, DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> ValueType.of(family);
      case BYTEA, JSON, JSONB, XML, INET, CIDR, MACADDR, ARRAY, OTHER -> ValueType.of(family);
    };
  }
}
