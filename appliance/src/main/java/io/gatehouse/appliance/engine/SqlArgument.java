package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.CommandForm.Call;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonPath;
import io.gatehouse.spi.json.JsonPath.Step;
import io.gatehouse.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a tool that is SQL, as the configuration marks it.
 *
 * @param tool the server's name for it; some servers take another in upper and lower case for it
 * @param place where in the arguments
 * @param dialect whose SQL it is
 * @param meant the database whose names are meant; empty if nobody knows
 */
public record SqlArgument(
    String tool, JsonPath place, Protocol dialect, Optional<CatalogKey> meant) {
  /** What is looked for takes time on an event loop. */
  private static final int MOST_TEXTS = 64;

  private static final int MOST_MEMBERS = 1_000;

  /**
   * With the way to that database.
   *
   * @param survey by its target's own account; null where no database is meant
   */
  record Placed(SqlArgument argument, @Nullable Upstream survey) {
    /** For people. */
    String called() {
      return argument.place().toString();
    }
  }

  /** What stands there. */
  sealed interface Found {

    /** All of it, in the order of the message. */
    record Texts(List<JsonValue> strings) implements Found {
      public Texts {
        strings = List.copyOf(strings);
      }

      /** As they stand in the message. */
      long bytes() {
        return strings.stream().mapToLong(string -> string.end() - string.start()).sum();
      }
    }

    /** The server may find SQL that the gate does not. */
    record Unclear(String why) implements Found {}
  }

  boolean isOf(Call call) {
    return call.kind() == Call.Kind.TOOL
        && tool.equalsIgnoreCase(Calls.qualified(call.server(), call.name()));
  }

  Found in(@Nullable JsonValue arguments) {
    if (arguments == null) {
      return new Found.Unclear("there are no arguments");
    }
    List<JsonValue> at = List.of(arguments);
    for (Step step : place.steps()) {
      List<JsonValue> next = new ArrayList<>();
      for (JsonValue value : at) {
        Optional<String> unclear = step(value, step, next);
        if (unclear.isPresent()) {
          return new Found.Unclear(unclear.get());
        }
        if (next.size() > MOST_TEXTS) {
          return new Found.Unclear("there are more than " + MOST_TEXTS + " texts");
        }
      }
      at = next;
    }
    return strings(at);
  }

  private static Found strings(List<JsonValue> at) {
    if (at.isEmpty()) {
      return new Found.Unclear("there is none");
    }
    return at.stream().allMatch(value -> value.is(JsonKind.STRING))
        ? new Found.Texts(at)
        : new Found.Unclear("it is no string");
  }

  /** Why it cannot be told what is there; nothing that is there may be passed over. */
  private static Optional<String> step(JsonValue value, Step step, List<JsonValue> next) {
    return switch (step) {
      case Step.Name(String name) -> member(value, name, next);
      case Step.Index(int index) -> item(value, index, next);
      case Step.EachMember() -> {
        Optional<String> unclear = within(value, JsonKind.OBJECT);
        if (unclear.isEmpty()) {
          value.members().forEach(member -> next.add(member.value()));
        }
        yield unclear;
      }
      case Step.EachItem() -> {
        Optional<String> unclear = within(value, JsonKind.ARRAY);
        if (unclear.isEmpty()) {
          value.items().forEach(next::add);
        }
        yield unclear;
      }
      case Step.Everything() -> Optional.of("the configuration does not say where");
    };
  }

  private static Optional<String> within(JsonValue value, JsonKind kind) {
    if (!value.is(kind)) {
      return Optional.of("it is not where the configuration says");
    }
    return value.size() > MOST_MEMBERS
        ? Optional.of("there are more than " + MOST_MEMBERS + " members or items")
        : Optional.empty();
  }

  /** Of two names that differ in case only, some servers take the other. */
  private static Optional<String> member(JsonValue value, String name, List<JsonValue> next) {
    Optional<String> unclear = within(value, JsonKind.OBJECT);
    if (unclear.isPresent()) {
      return unclear;
    }
    if (value.hasLookalike(name)) {
      return Optional.of("a name differs from it in upper and lower case only");
    }
    Optional<JsonValue> found = value.find(name);
    found.ifPresent(next::add);
    return found.isPresent() ? Optional.empty() : Optional.of("it is missing");
  }

  private static Optional<String> item(JsonValue value, int index, List<JsonValue> next) {
    Optional<String> unclear = within(value, JsonKind.ARRAY);
    if (unclear.isPresent()) {
      return unclear;
    }
    int left = index;
    for (JsonValue item : value.items()) {
      if (left-- == 0) {
        next.add(item);
        return Optional.empty();
      }
    }
    return Optional.of("it is missing");
  }
}
