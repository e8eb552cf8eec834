package io.gatehouse.appliance.masking.attacks;

import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.ProtectedColumn;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Allowed;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Channel;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Outcome;
import io.gatehouse.appliance.masking.attacks.MaskingAttack.Preparation;
import io.gatehouse.appliance.masking.twin.Step;
import io.gatehouse.appliance.sql.attacks.Attack;
import io.gatehouse.appliance.sql.attacks.AttackList;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Reads {@code attacks.yaml}, and the list that it refers to. */
public final class MaskingAttacks {
  private static final Map<String, Outcome> OUTCOMES = words(Outcome.values());
  private static final Map<String, Channel> CHANNELS = words(Channel.values());
  private static final Map<String, Format> FORMATS = words(Format.values());
  private static final int MOST_ROWS = 1000;

  private final Map<String, Attack> listed =
      AttackList.postgres().stream().collect(Collectors.toMap(Attack::id, Function.identity()));
  private final ToIntFunction<String> functions;
  private final List<MaskingAttack> attacks = new ArrayList<>();

  private MaskingAttacks(ToIntFunction<String> functions) {
    this.functions = functions;
  }

  /**
   * All of them, each in each way.
   *
   * @param functions the numbers of functions at the server, by their signatures
   */
  public static List<MaskingAttack> all(ToIntFunction<String> functions) {
    MaskingAttacks reader = new MaskingAttacks(functions);
    try {
      Path file =
          Path.of(
              Objects.requireNonNull(
                      ProtectedColumn.class.getResource("attacks.yaml"), "attacks.yaml")
                  .toURI());
      return YamlFile.read(file, reader::read);
    } catch (InvalidFileException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is protected in the database of the list. */
  public static List<ProtectedColumn> columns() {
    return List.of(
        new ProtectedColumn("hr", "customers", "ssn", "national-number", Optional.empty()),
        new ProtectedColumn("hr", "customers", "salary", "money", Optional.empty()),
        new ProtectedColumn("hr", "customers", "email", "contact", Optional.empty()),
        new ProtectedColumn("hr", "customers", "doc", "document", Optional.empty()),
        new ProtectedColumn("hr", "part", "ssn", "national-number", Optional.empty()));
  }

  private List<MaskingAttack> read(Section file) {
    file.require("listed").items().forEach(item -> item.section(this::listed));
    file.require("own").items().forEach(item -> item.section(this::own));
    return List.copyOf(attacks);
  }

  private MaskingAttacks listed(Section section) {
    String id = section.require("id").text();
    Channel channel = section.require("channel").oneOf(CHANNELS);
    Allowed allowed = allowed(section);
    Attack attack = listed.get(id);
    if (attack == null) {
      section.problem("is not an entry of the list");
      return this;
    }
    boolean all = section.find("deliveries").isPresent();
    List<Step> simple = attack.steps().stream().map(MaskingAttacks::simple).toList();
    for (Delivery delivery : all ? Delivery.values() : new Delivery[] {Delivery.SIMPLE}) {
      attacks.add(
          new MaskingAttack(
              all ? id + " " + delivery : id,
              attack.note(),
              new Preparation(attack.setup(), Map.of()),
              all ? delivery.of(attack.steps().getFirst().sql()) : simple,
              channel,
              allowed,
              delivery == Delivery.SIMPLE ? attack.leaks() : List.of()));
    }
    return this;
  }

  private static Step simple(Attack.Step step) {
    return new Step.Simple(step.sql());
  }

  private MaskingAttacks own(Section section) {
    attacks.add(
        new MaskingAttack(
            section.require("id").text(),
            section.require("note").text(),
            new Preparation(
                section.find("setup", MaskingAttacks::texts).orElse(List.of()),
                section.find("startup", MaskingAttacks::startup).orElse(Map.of())),
            section.require("steps").items().stream()
                .map(item -> item.section(this::step))
                .toList(),
            section.require("channel").oneOf(CHANNELS),
            allowed(section),
            section.find("leaks", MaskingAttacks::texts).orElse(List.of())));
    return this;
  }

  private static Map<String, String> startup(Item item) {
    Map<String, String> parameters = new LinkedHashMap<>();
    item.section(
        section -> {
          section.entries().forEach((name, value) -> parameters.put(name, value.text()));
          return parameters;
        });
    return parameters;
  }

  private Step step(Section step) {
    Format format = step.find("format", item -> item.oneOf(FORMATS)).orElse(Format.TEXT);
    String kind =
        List.of("query", "extended", "paged", "call", "parse", "bind", "again", "batch", "execute")
            .stream()
            .filter(key -> step.find(key).isPresent())
            .findFirst()
            .orElse("query");
    Item what = step.require(kind);
    return switch (kind) {
      case "extended" ->
          new Step.Extended(
              what.text(), step.find("binds", MaskingAttacks::texts).orElse(List.of()), format);
      case "paged" -> new Step.Paged(what.text(), rows(step), format);
      case "call" ->
          new Step.Call(
              functions.applyAsInt(what.text()), texts(step.require("arguments")), format);
      case "parse" -> new Step.Parse(step.require("as").text(), what.text());
      case "bind" -> new Step.Bind(what.text(), format);
      case "again" -> new Step.Again(step.require("as").text(), what.text());
      case "batch" -> new Step.Batch(texts(what), format);
      case "execute" -> new Step.Portal(what.text(), rows(step));
      default ->
          step.find("copy", Item::text)
              .<Step>map(data -> new Step.CopyIn(what.text(), data))
              .orElseGet(() -> new Step.Simple(what.text()));
    };
  }

  private static int rows(Section step) {
    return (int) step.require("rows").wholeNumber(1, MOST_ROWS);
  }

  private static Allowed allowed(Section section) {
    return new Allowed(outcomes(section.require("strict")), outcomes(section.require("output")));
  }

  private static Set<Outcome> outcomes(Item list) {
    return list.items().stream().map(item -> item.oneOf(OUTCOMES)).collect(Collectors.toSet());
  }

  private static List<String> texts(Item list) {
    return list.items().stream().map(Item::text).toList();
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return Arrays.stream(values)
        .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), value -> value));
  }
}
