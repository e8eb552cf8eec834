package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.journal.keep.FormerKeys;
import io.gatehouse.appliance.journal.keep.Operator;
import io.gatehouse.appliance.journal.keep.Retention;
import io.gatehouse.appliance.journal.keep.RetentionClass;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * For how long what is on record is kept, who may shorten that, and which keys came before.
 *
 * @param formerWrapping key-encryption keys that living data keys may still be under
 * @param formerVerifiers what signed checkpoints before
 */
public record KeepConfig(
    Retention retention,
    List<Operator> operators,
    List<JournalConfig.Wrapping> formerWrapping,
    FormerKeys formerVerifiers) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MOST_NUMBER = 0xffff;
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_OPERATORS = 16;

  public KeepConfig {
    operators = List.copyOf(operators);
    formerWrapping = List.copyOf(formerWrapping);
  }

  static KeepConfig read(Section journal, Environment environment) {
    return new KeepConfig(
        journal.find("retention", KeepConfig::retention).orElse(Retention.DEFAULT),
        journal.find("operators", KeepConfig::operators).orElse(List.of()),
        journal
            .find("former-wrapping", list -> formerWrapping(list, environment))
            .orElse(List.of()),
        journal.find("former-verifier-keys", KeepConfig::verifiers).orElse(FormerKeys.NONE));
  }

  public List<String> classNames() {
    return retention.classes().stream().map(RetentionClass::name).toList();
  }

  /** Whether two keys would have the same name. */
  boolean hasFormer(String current) {
    Set<String> names = new HashSet<>(Set.of(current));
    return formerWrapping.stream().anyMatch(one -> !names.add(one.name()));
  }

  private static Retention retention(Item list) {
    List<RetentionClass> classes = new ArrayList<>();
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Item item : list.items()) {
      RetentionClass one = item.section(KeepConfig::retentionClass);
      if (one.number() != 0 && !numbers.add(one.number())) {
        item.problem("has the number of another class: " + one.number());
      }
      if (!names.add(one.name())) {
        item.problem("has the name of another class: " + one.name());
      }
      classes.add(one);
    }
    if (classes.isEmpty() || classes.size() > Retention.MOST_CLASSES) {
      list.problem("must have 1 to " + Retention.MOST_CLASSES + " classes");
      return Retention.DEFAULT;
    }
    return new Retention(classes);
  }

  private static RetentionClass retentionClass(Section section) {
    return new RetentionClass(
        number(section.require("number")),
        name(section.require("name")),
        (int) section.require("keep-days").wholeNumber(1, MOST_DAYS));
  }

  /** 0 stands in for what is wrong. */
  private static int number(Item item) {
    int number = (int) item.wholeNumber(0, MOST_NUMBER);
    if (number == 0 && item.plain().equals("0")) {
      item.problem("must not be 0, which is the number of what is never encrypted");
    }
    return number;
  }

  private static String name(Item item) {
    String name = item.text();
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      item.problem("must be 1 to 64 letters, digits, dots, dashes, underscores");
    }
    return name;
  }

  private static List<Operator> operators(Item list) {
    List<Operator> operators = new ArrayList<>();
    for (Item item : list.items()) {
      item.section(KeepConfig::operator)
          .filter(one -> different(one, operators, item))
          .ifPresent(operators::add);
    }
    if (operators.size() > MOST_OPERATORS) {
      list.problem("must have at most " + MOST_OPERATORS + " operators");
    }
    return operators;
  }

  private static boolean different(Operator one, List<Operator> others, Item item) {
    for (Operator other : others) {
      if (one.name().equals(other.name())) {
        item.problem("has the name of another operator: " + one.name());
        return false;
      }
      if (one.fingerprint().equals(other.fingerprint())) {
        item.problem("has the key of another operator: " + other.name());
        return false;
      }
    }
    return true;
  }

  private static Optional<Operator> operator(Section section) {
    String name = name(section.require("name"));
    Item key = section.require("key-file");
    Path file = key.file();
    try {
      return Files.isRegularFile(file) ? Optional.of(Operator.read(name, file)) : Optional.empty();
    } catch (IOException e) {
      key.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static FormerKeys verifiers(Item item) {
    Path file = item.file();
    try {
      return Files.isRegularFile(file) ? FormerKeys.read(file) : FormerKeys.NONE;
    } catch (IOException e) {
      item.problem(String.valueOf(e.getMessage()));
      return FormerKeys.NONE;
    }
  }

  private static List<JournalConfig.Wrapping> formerWrapping(Item list, Environment environment) {
    return list.items().stream()
        .map(item -> item.section(part -> JournalConfig.wrapping(part, environment)))
        .toList();
  }
}
