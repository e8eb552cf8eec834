package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Problems;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.json.JsonPath;
import io.gatehouse.spi.json.JsonPath.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An argument of a tool that is SQL.
 *
 * @param tool as its server calls it
 * @param argument where it stands in the arguments
 * @param dialect whose SQL it is
 * @param target of which the database is that is meant; empty if the gate cannot see it
 * @param database of that target, where the target has none of its own
 */
public record SqlArgumentConfig(
    String tool,
    String argument,
    Protocol dialect,
    Optional<String> target,
    Optional<String> database) {
  private static final String STAND_IN = "missing";

  /** The first stands in for a word that is none of them. */
  private static final Map<String, Protocol> DIALECTS = dialects();

  private static Map<String, Protocol> dialects() {
    Map<String, Protocol> words = new LinkedHashMap<>();
    Protocols.OF_DATABASES.forEach(one -> words.put(Protocols.word(one), one));
    return words;
  }

  static List<SqlArgumentConfig> all(Item list) {
    return list.items().stream().map(item -> item.section(SqlArgumentConfig::read)).toList();
  }

  private static SqlArgumentConfig read(Section section) {
    SqlArgumentConfig read =
        new SqlArgumentConfig(
            section.require("tool").text(),
            place(section.require("argument")),
            section.require("dialect").oneOf(DIALECTS),
            section.find("target", Item::text),
            section.find("database", Item::text));
    if (read.target.isEmpty() && read.dialect != Protocol.POSTGRESQL) {
      section.problem(
          "needs a target: how "
              + Protocols.word(read.dialect)
              + " reads a text depends on the server");
    }
    if (read.target.isEmpty() && read.database.isPresent()) {
      section.problem("has a database, which means something with a target only");
    }
    return read;
  }

  /** As many write them, from a dollar on, or as they are. */
  private static String place(Item item) {
    String text = item.text();
    try {
      JsonPath path = JsonPath.parse(text.startsWith("$.") ? text.substring(2) : text);
      if (path.steps().contains(new Step.Everything())) {
        item.problem("must say where it is: ** may be anywhere, so nothing could be missing");
      }
      return path.toString();
    } catch (IllegalArgumentException e) {
      item.problem("must be a place in the arguments, such as sql: " + e.getMessage());
      return STAND_IN;
    }
  }

  /** In place of the parsed one, which has no equality. */
  public JsonPath place() {
    return JsonPath.parse(argument);
  }

  /** What only the other targets can tell. */
  static void check(GatehouseConfig config, Problems problems) {
    for (int i = 0; i < config.targets().size(); i++) {
      List<SqlArgumentConfig> all = config.targets().get(i).sql();
      for (int j = 0; j < all.size(); j++) {
        SqlArgumentConfig one = all.get(j);
        String path = "targets[" + i + "].sql[" + j + "].target";
        one.target.flatMap(name -> one.problem(name, config)).ifPresent(p -> problems.at(path, p));
      }
    }
  }

  private Optional<String> problem(String name, GatehouseConfig config) {
    Optional<TargetConfig> other =
        config.targets().stream().filter(one -> one.name().equals(name)).findFirst();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (other.isEmpty()) {
      return Optional.of("there is no target \"" + name + "\"");
    }
    if (other.get().protocol() != dialect) {
      return Optional.of(
          "target \""
              + name
              + "\" speaks "
              + Protocols.word(other.get().protocol())
              + ", and this is "
              + Protocols.word(dialect));
    }
    if (other.get().database().isPresent() == database.isPresent()) {
      return Optional.of(
          database.isPresent()
              ? "target \"" + name + "\" has a database of its own; leave database out"
              : "target \"" + name + "\" opens what clients ask for; say which in database");
    }
    return Optional.empty();
  }
}
