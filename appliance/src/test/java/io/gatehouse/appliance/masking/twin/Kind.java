package io.gatehouse.appliance.masking.twin;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** What can be made of a column of one kind of type; {@code @} stands for the column. */
enum Kind {
  INT(
      List.of(
          "abs(@)",
          "@ + 1",
          "@ * 2",
          "greatest(@, 7)",
          "@ % 7",
          "coalesce(@, 0)",
          "nullif(@, 5)",
          "sign(@)",
          "to_char(@, 'FM999999999')"),
      List.of("@::text", "@::numeric", "@::bigint", "@::float8", "CAST(@ AS varchar(4))"),
      List.of(
          "@ > 20",
          "@ BETWEEN 10 AND 60",
          "@ IN (1, 2, 3, 5, 8, 13)",
          "@ IS NOT NULL",
          "@ % 2 = 0",
          "@ < 95000000"),
      List.of("1 / (@ - @)", "(@::bigint * 100)::int", "('x' || @)::int")),
  DECIMAL(
      List.of(
          "round(@, -3)",
          "floor(@)",
          "@ / 3",
          "abs(@)",
          "greatest(@, 0)",
          "coalesce(@, 0)",
          "div(@, 1000)",
          "to_char(@, 'FM999999990.00')"),
      List.of("@::text", "@::bigint", "@::float8", "CAST(@ AS numeric(20, 4))"),
      List.of(
          "@ > 500",
          "@ < 0",
          "@ BETWEEN 100 AND 95000000",
          "@ IS NULL",
          "floor(@)::bigint % 2 = 1"),
      List.of("1 / (@ - @)", "@::smallint / 0", "sqrt(-abs(@) - 1)")),
  FLOAT(
      List.of("round(@::numeric, 2)", "@ * 100", "floor(@ * 10)", "coalesce(@, 0)", "1 - @"),
      List.of("@::text", "@::numeric", "@::real"),
      List.of("@ > 0.95", "@ IS NOT NULL", "@ BETWEEN 0.91 AND 0.96"),
      List.of("1 / (@ - @)", "ln(-@)")),
  TEXT(
      List.of(
          "upper(@)",
          "lower(@)",
          "length(@)",
          "left(@, 3)",
          "right(@, 4)",
          "substr(@, 2, 9)",
          "@ || '.'",
          "replace(@, '0', 'o')",
          "md5(@)",
          "reverse(@)",
          "coalesce(@, '-')",
          "nullif(@, 'x')",
          "position('1' in @)",
          "split_part(@, '-', 2)",
          "concat_ws('/', 'a', @)",
          "initcap(@)",
          "regexp_replace(@, '[0-9]', '#', 'g')",
          "starts_with(@, 'SEC')",
          "translate(@, '123', 'abc')",
          "format('<%s>', @)",
          "ascii(@)"),
      List.of("@::varchar(5)", "@::bytea", "CAST(@ AS text)", "@::char(8)", "@::name"),
      List.of(
          "@ LIKE '%1%'",
          "@ > 'L'",
          "length(@) > 15",
          "@ IS NULL",
          "@ ILIKE '%secret%'",
          "@ <> 'x'",
          "right(@, 1) = '7'",
          "@ ~ '[02468]$'",
          "@ IN ('a', 'Bern', 'rent')",
          "@ BETWEEN 'A' AND 'M'"),
      List.of(
          "@::int",
          "@::date",
          "1 / (length(@) - length(@))",
          "@::inet",
          "to_number(@, 'x')::int / 0")),
  WORD(
      List.of("upper(@::text)", "length(@::text)", "coalesce(@::text, '-')", "left(@::text, 2)"),
      List.of("@::text", "CAST(@ AS varchar(3))"),
      List.of(
          "@::text > 'g'",
          "@ IS NOT NULL",
          "@::text LIKE '%a%'",
          "@::text IN ('good', 'retail', 'visa')"),
      List.of("@::text::int", "(@::text || 'x')::hr.rating")),
  BOOL(
      List.of("NOT @", "coalesce(@, false)", "CASE WHEN @ THEN 'yes' ELSE 'no' END", "@ IS TRUE"),
      List.of("@::int", "@::text"),
      List.of("@", "NOT @", "@ IS NOT FALSE", "@ = true"),
      List.of("1 / (@::int - @::int)")),
  DATE(
      List.of(
          "extract(year FROM @)",
          "@ + 30",
          "to_char(@, 'YYYY-MM')",
          "date_trunc('month', @)::date",
          "age(DATE '2026-07-01', @)",
          "extract(isodow FROM @)",
          "coalesce(@, DATE '2000-01-01')",
          "DATE '2026-07-01' - @"),
      List.of("@::text", "@::timestamp", "CAST(@ AS varchar(7))"),
      List.of(
          "@ < DATE '1965-01-01'",
          "@ >= DATE '2025-06-01'",
          "extract(month FROM @) > 6",
          "@ IS NULL",
          "@ BETWEEN '1950-01-01' AND '2025-12-31'"),
      List.of("@::text::int", "make_date(extract(year FROM @)::int, 13, 1)", "1 / (@ - @)")),
  INSTANT(
      List.of(
          "date_trunc('day', @)",
          "extract(hour FROM @)",
          "to_char(@, 'YYYY-MM-DD')",
          "@ + INTERVAL '1 day'",
          "extract(epoch FROM @)"),
      List.of("@::date", "@::text", "@::time"),
      List.of(
          "@ > TIMESTAMPTZ '2025-09-01'",
          "@ IS NOT NULL",
          "extract(hour FROM @) < 12",
          "@ < TIMESTAMPTZ '2033-01-01'"),
      List.of("@::text::int", "1 / (extract(epoch FROM @ - @))")),
  JSON(
      List.of(
          "@->>'number'",
          "jsonb_typeof(@)",
          "@->'holder'",
          "@ #>> '{lines,0}'",
          "jsonb_path_query_first(@, '$.holder.born')",
          "@ - 'lines'",
          "@ ? 'chip'"),
      List.of("@::text", "(@->>'height')::int", "CAST(@ AS varchar(30))"),
      List.of(
          "@ ? 'chip'",
          "@->>'number' LIKE '%1%'",
          "jsonb_contains(@, '{\"theme\": \"dark\"}')",
          "length(@::text) % 2 = 0"),
      List.of("@::text::int", "(@::text || 'x')::jsonb")),
  TEXTS(
      List.of(
          "array_length(@, 1)",
          "@[1]",
          "array_to_string(@, ',')",
          "cardinality(@)",
          "array_append(@, 'x')",
          "@ || @"),
      List.of("@::text", "@::varchar(4)[]"),
      List.of("'fr' = ANY (@)", "cardinality(@) > 1", "@ IS NULL", "@[1] LIKE '%2%'"),
      List.of("(@[1])::int", "1 / (cardinality(@) - cardinality(@))")),
  BYTES(
      List.of(
          "encode(@, 'hex')",
          "length(@)",
          "md5(@)",
          "sha256(@)",
          "get_byte(@, 9)",
          "encode(substr(@, 1, 6), 'escape')"),
      List.of("@::text", "CAST(@ AS text)"),
      List.of("length(@) > 15", "@ IS NOT NULL", "get_byte(@, 9) % 2 = 0", "@ > '\\x50'"),
      List.of("get_byte(@, 1000)", "convert_from(@, 'UTF8')")),
  UUID(
      List.of("left(@::text, 8)", "replace(@::text, '-', '')", "coalesce(@::text, '-')"),
      List.of("@::text", "CAST(@ AS varchar(8))"),
      List.of("@::text LIKE '%7%'", "@ IS NOT NULL", "@ > 'e0000000-0000-0000-0000-000000000000'"),
      List.of("@::text::int", "(left(@::text, 4) || 'z')::uuid")),
  INET(
      List.of("host(@)", "family(@)", "network(set_masklen(@, 16))", "masklen(@)", "@ + 1"),
      List.of("@::text", "CAST(@ AS varchar(9))"),
      List.of("family(@) = 4", "@ << '203.0.0.0/16'", "@ IS NULL", "@ > '200.0.0.0'"),
      List.of("@::text::int", "set_masklen(@, 200)"));

  private final ImmutableList<String> functions;
  private final ImmutableList<String> casts;
  private final ImmutableList<String> conditions;
  private final ImmutableList<String> partial;

  Kind(List<String> functions, List<String> casts, List<String> conditions, List<String> partial) {
    this.functions = ImmutableList.copyOf(functions);
    this.casts = ImmutableList.copyOf(casts);
    this.conditions = ImmutableList.copyOf(conditions);
    this.partial = ImmutableList.copyOf(partial);
  }

  List<String> functions() {
    return functions;
  }

  List<String> casts() {
    return casts;
  }

  /** All are defined for every value. */
  List<String> conditions() {
    return conditions;
  }

  /** Each is an error for some or for all values. */
  List<String> partial() {
    return partial;
  }

  /** Whether there is an order, a least and a greatest. */
  boolean ordered() {
    return switch (this) {
      case INT, DECIMAL, FLOAT, TEXT, WORD, DATE, INSTANT, INET -> true;
      case BOOL, JSON, TEXTS, BYTES, UUID -> false;
    };
  }

  /** Whether a sum is the same in whatever order it is made. */
  boolean summed() {
    return this == INT || this == DECIMAL;
  }
}
