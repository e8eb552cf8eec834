package io.gatehouse.appliance.masking.twin;

import java.util.List;

/** What MySQL and MariaDB both can make of a column. */
final class MysqlWords implements Words {
  private static final List<String> OF_INT =
      List.of(
          "abs(@)",
          "@ + 1",
          "@ * 2",
          "greatest(@, 7)",
          "@ % 7",
          "coalesce(@, 0)",
          "nullif(@, 5)",
          "ifnull(@, 3)",
          "sign(@)",
          "if(@ > 10, 'many', 'few')",
          "format(@, 0)",
          "-@",
          "@ DIV 10",
          "@ | 1",
          "@ IS NULL",
          "hex(@)");

  private static final List<String> OF_DECIMAL =
      List.of(
          "round(@, -3)",
          "floor(@)",
          "@ / 3",
          "abs(@)",
          "greatest(@, 0)",
          "coalesce(@, 0)",
          "truncate(@, 1)",
          "format(@, 2)");

  private static final List<String> OF_TEXT =
      List.of(
          "upper(@)",
          "lower(@)",
          "length(@)",
          "char_length(@)",
          "left(@, 3)",
          "right(@, 4)",
          "substr(@, 2, 9)",
          "concat(@, '.')",
          "replace(@, '0', 'o')",
          "md5(@)",
          "reverse(@)",
          "coalesce(@, '-')",
          "nullif(@, 'x')",
          "ifnull(@, '-')",
          "locate('1', @)",
          "substring_index(@, '-', 1)",
          "concat_ws('/', 'a', @)",
          "hex(@)",
          "to_base64(@)",
          "trim(@)",
          "lpad(@, 6, '*')",
          "ascii(@)",
          "@ LIKE 'SEC%'",
          "quote(@)",
          "field(@, 'a', 'b')",
          "strcmp(@, 'M')");

  private static final List<String> OF_DATE =
      List.of(
          "year(@)",
          "extract(YEAR FROM @)",
          "@ + INTERVAL 30 DAY",
          "date_format(@, '%Y-%m')",
          "last_day(@)",
          "timestampdiff(YEAR, @, DATE '2026-07-01')",
          "dayofweek(@)",
          "coalesce(@, DATE '2000-01-01')",
          "datediff(DATE '2026-07-01', @)");

  private static final List<String> OF_JSON =
      List.of(
          "json_extract(@, '$.number')",
          "json_type(@)",
          "json_unquote(json_extract(@, '$.holder.name'))",
          "json_length(@)",
          "json_keys(@)",
          "json_contains_path(@, 'one', '$.chip')");

  @Override
  public List<String> functions(Kind kind) {
    return switch (kind) {
      case INT -> OF_INT;
      case DECIMAL -> OF_DECIMAL;
      case FLOAT -> List.of("round(@, 2)", "@ * 100", "floor(@ * 10)", "coalesce(@, 0)", "1 - @");
      case TEXT -> OF_TEXT;
      case WORD -> List.of("upper(@)", "length(@)", "coalesce(@, '-')", "left(@, 2)", "@ + 0");
      case BOOL ->
          List.of("NOT @", "coalesce(@, 0)", "CASE WHEN @ THEN 'yes' ELSE 'no' END", "@ IS TRUE");
      case DATE -> OF_DATE;
      case INSTANT ->
          List.of(
              "date(@)", "hour(@)", "date_format(@, '%Y-%m-%d')", "date_add(@, INTERVAL 1 DAY)");
      case JSON -> OF_JSON;
      case TEXTS ->
          List.of(
              "json_length(@)",
              "json_extract(@, '$[0]')",
              "json_unquote(json_extract(@, '$[0]'))",
              "json_contains(@, '\"fr\"')");
      case BYTES -> List.of("hex(@)", "length(@)", "md5(@)", "to_base64(@)", "substr(@, 1, 6)");
      case UUID -> List.of("left(@, 8)", "replace(@, '-', '')", "coalesce(@, '-')");
      case INET -> List.of("substring_index(@, '.', 2)", "length(@)", "coalesce(@, '-')");
    };
  }

  @Override
  public List<String> casts(Kind kind) {
    return switch (kind) {
      case INT, DECIMAL ->
          List.of("CAST(@ AS CHAR)", "CAST(@ AS DECIMAL(20,4))", "CAST(@ AS SIGNED)");
      case FLOAT -> List.of("CAST(@ AS CHAR)", "CAST(@ AS DECIMAL(10,2))");
      case TEXT, UUID, INET ->
          List.of("CAST(@ AS CHAR(5))", "CAST(@ AS BINARY)", "CONVERT(@ USING latin1)");
      case WORD -> List.of("CAST(@ AS CHAR(3))", "CAST(@ AS UNSIGNED)");
      case BOOL -> List.of("CAST(@ AS CHAR)", "CAST(@ AS SIGNED)");
      case DATE -> List.of("CAST(@ AS CHAR)", "CAST(@ AS DATETIME)", "CAST(@ AS CHAR(7))");
      case INSTANT -> List.of("CAST(@ AS DATE)", "CAST(@ AS CHAR)", "CAST(@ AS TIME)");
      case JSON, TEXTS -> List.of("CAST(@ AS CHAR)", "CAST(@ AS CHAR(30))");
      case BYTES -> List.of("CAST(@ AS CHAR(9))");
    };
  }

  @Override
  public List<String> conditions(Kind kind) {
    return switch (kind) {
      case INT ->
          List.of(
              "@ > 20",
              "@ BETWEEN 10 AND 60",
              "@ IN (1, 2, 3, 5, 8, 13)",
              "@ IS NOT NULL",
              "@ % 2 = 0",
              "@ <=> 7",
              "@ < 95000000");
      case DECIMAL ->
          List.of(
              "@ > 500", "@ < 0", "@ BETWEEN 100 AND 95000000", "@ IS NULL", "floor(@) % 2 = 1");
      case FLOAT -> List.of("@ > 0.95", "@ IS NOT NULL", "@ BETWEEN 0.91 AND 0.96");
      case TEXT ->
          List.of(
              "@ LIKE '%1%'",
              "@ > 'L'",
              "length(@) > 15",
              "@ IS NULL",
              "@ LIKE '%cre%'",
              "@ <> 'x'",
              "right(@, 1) = '7'",
              "@ REGEXP '[02468]$'",
              "@ IN ('a', 'Bern', 'rent')",
              "@ BETWEEN 'A' AND 'M'");
      case WORD -> List.of("@ > 'g'", "@ IS NOT NULL", "@ LIKE '%a%'", "@ IN ('good', 'retail')");
      case BOOL -> List.of("@", "NOT @", "@ IS NOT FALSE", "@ = 1");
      case DATE ->
          List.of(
              "@ < DATE '1965-01-01'",
              "@ >= DATE '2025-06-01'",
              "month(@) > 6",
              "@ IS NULL",
              "@ BETWEEN '1950-01-01' AND '2025-12-31'");
      case INSTANT ->
          List.of("@ > TIMESTAMP '2025-09-01 00:00:00'", "@ IS NOT NULL", "hour(@) < 12");
      case JSON ->
          List.of("json_contains_path(@, 'one', '$.chip')", "length(@) % 2 = 0", "@ IS NOT NULL");
      case TEXTS -> List.of("json_contains(@, '\"fr\"')", "json_length(@) > 1", "@ IS NULL");
      case BYTES -> List.of("length(@) > 15", "@ IS NOT NULL");
      case UUID, INET -> List.of("@ LIKE '%7%'", "@ IS NOT NULL", "@ > '7'");
    };
  }
}
