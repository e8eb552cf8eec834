package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.json.JsonPath;
import java.util.List;
import java.util.Map;

/** Reads what a rule says of what calls bring back. */
final class FieldsReader {
  private static final Map<String, Boolean> PASSES = Map.of("pass", true);
  private static final Map<String, Verdict.Misfit> MISFITS =
      Words.choices(Verdict.Misfit.values(), _ -> true);

  private FieldsReader() {}

  static Verdict.Fields read(Section rule, RuleKind kind, ResourcesDraft resources) {
    if (kind != RuleKind.MASK) {
      for (String key : List.of("fields", "text", "otherwise")) {
        rule.find(key).ifPresent(item -> item.problem("is for rules that mask"));
      }
    }
    if (!kind.looksAtResults()) {
      rule.find("binary").ifPresent(item -> item.problem("is for rules that mask or detect"));
    }
    rule.find("fields").ifPresent(item -> called(item, resources));
    return new Verdict.Fields(
        rule.find("fields", FieldsReader::paths).orElse(List.of()),
        passes(rule, "text"),
        passes(rule, "binary"),
        rule.find("otherwise", item -> item.oneOf(MISFITS)).orElse(Verdict.Misfit.REFUSE));
  }

  static boolean passes(Section rule, String key) {
    return rule.find(key, item -> item.oneOf(PASSES)).orElse(false);
  }

  private static List<String> paths(Item fields) {
    return Lists.of(fields).stream().map(FieldsReader::path).toList();
  }

  /** As many write them, from a dollar on, or as they are. */
  private static String path(Item item) {
    String text = Lists.name(item);
    String path = text.startsWith("$.") ? text.substring(2) : text;
    try {
      return JsonPath.parse(path).toString();
    } catch (IllegalArgumentException e) {
      item.problem("must be places in a result, such as structuredContent.ssn: " + e.getMessage());
      return "missing";
    }
  }

  /** A column has no fields, and a rule that is about both would say less than it seems to. */
  private static void called(Item fields, ResourcesDraft resources) {
    boolean tagged = resources.named().selected().isEmpty() && !resources.tags().isEmpty();
    if (!tagged && !resources.named().onlyCalled()) {
      fields.problem("needs resources that are tools, documents, prompts or models, and no others");
    }
  }
}
