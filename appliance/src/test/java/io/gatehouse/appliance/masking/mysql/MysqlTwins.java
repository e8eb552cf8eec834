package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.masking.Variant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Databases of one server that differ in protected values and in their names, which are of one
 * length.
 *
 * @param base what statements of lists call it
 */
record MysqlTwins(String base) {

  /** Of several that are protected a refusal names any. */
  private static final Pattern PROTECTED = Pattern.compile("protected column [a-z_0-9.]+");

  String name(Variant variant) {
    return base + "_" + variant.name().toLowerCase(Locale.ROOT).charAt(0);
  }

  List<String> names() {
    return List.of(name(Variant.MARKED), name(Variant.UNLIKE));
  }

  /** What is said to the one of them. */
  String said(String sql, Variant variant) {
    return Pattern.compile("\\b" + base + "\\b").matcher(sql).replaceAll(name(variant));
  }

  List<MysqlStep> said(List<MysqlStep> steps, Variant variant) {
    return steps.stream().map(step -> step.saying(said(step.sql(), variant))).toList();
  }

  /** What came back, with the name of the first of them instead of others'. */
  String plain(String answer) {
    return PROTECTED
        .matcher(answer)
        .replaceAll("protected column")
        .replace(name(Variant.UNLIKE), name(Variant.MARKED))
        .replace(name(Variant.ALIKE), name(Variant.MARKED));
  }
}
