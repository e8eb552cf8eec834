package io.gatehouse.appliance.sql.attacks;

import io.gatehouse.appliance.sql.attacks.Attack.Expectation;
import io.gatehouse.appliance.sql.attacks.Attack.Outcome;
import io.gatehouse.appliance.sql.attacks.Attack.Step;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the committed evasions and the SQL that prepares a server for them. */
public final class AttackList {
  private static final Map<String, Expectation> EXPECTATIONS = words(Expectation.values());
  private static final Map<String, Outcome> OUTCOMES = words(Outcome.values());

  private AttackList() {}

  /** All of them for PostgreSQL, in the order of the file. */
  public static List<Attack> postgres() {
    try {
      return YamlFile.read(resource("postgres.yaml"), AttackList::attacks);
    } catch (InvalidFileException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Run by a superuser in an empty database named {@code corp}. */
  public static String fixture() {
    return text("fixture.sql");
  }

  /** What the fixture grants on the database itself: a copy of it does not have that. */
  public static String rights() {
    return fixture()
        .lines()
        .filter(line -> line.contains("DATABASE corp"))
        .collect(Collectors.joining("\n"));
  }

  /** A query of one value that changes when anything lasting does. */
  public static String state() {
    return text("state.sql");
  }

  private static List<Attack> attacks(Section file) {
    return file.require("attacks").items().stream()
        .map(item -> item.section(AttackList::attack))
        .toList();
  }

  private static Attack attack(Section section) {
    return new Attack(
        section.require("id").text(),
        section.require("section").text(),
        section.find("note", Item::text).orElse(""),
        section.find("setup", AttackList::texts).orElse(List.of()),
        section.require("steps").items().stream()
            .map(item -> item.section(AttackList::step))
            .toList(),
        outcomes(section.require("protected")),
        texts(section.require("leaks")),
        section.find("unchanged", Item::text));
  }

  private static Step step(Section section) {
    Map.Entry<String, Item> only = section.entries().entrySet().iterator().next();
    Expectation expected = EXPECTATIONS.get(only.getKey());
    if (expected == null || section.entries().size() != 1) {
      section.problem("must have one key of " + EXPECTATIONS.keySet());
      return new Step(Expectation.DENIED, "");
    }
    return new Step(expected, only.getValue().text());
  }

  private static Set<Outcome> outcomes(Item list) {
    return list.items().stream()
        .map(item -> item.oneOf(OUTCOMES))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> texts(Item list) {
    return list.items().stream().map(Item::text).toList();
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return Stream.of(values)
        .collect(
            Collectors.toUnmodifiableMap(
                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Function.identity()));
  }

  private static Path resource(String name) {
    URL url = AttackList.class.getResource("/sql/attacks/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String name) {
    try {
      return Files.readString(resource(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
