package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.Mask;
import io.gatehouse.plugin.MaskKind.Made;
import io.gatehouse.plugin.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what a policy says beside a mask's name and collects what is wrong with it. A wrong value
 * is not repeated: it may be one that was to be kept secret. Used by one thread.
 */
final class Settings {
  private final String mask;
  private final ValueType type;
  private final Map<String, String> parameters;
  private final Set<String> known = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  Settings(String mask, Map<String, String> parameters, ValueType type) {
    this.mask = mask;
    this.parameters = parameters;
    this.type = type;
  }

  void problem(String problem) {
    problems.add(problem);
  }

  /** The type is not one of those that the mask is defined for. */
  void undefined(String instead) {
    problem("the mask " + mask + " is not defined for " + type + ": " + instead);
  }

  Optional<String> text(String name) {
    known.add(name);
    return Optional.ofNullable(parameters.get(name));
  }

  String required(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      problem("the mask " + mask + " needs the parameter " + name);
    }
    return value.orElse("");
  }

  boolean flag(String name, boolean unsaid) {
    return switch (text(name).orElse(Boolean.toString(unsaid))) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        problem(name + " must be true or false");
        yield unsaid;
      }
    };
  }

  int number(String name, int unsaid, int least, int most) {
    Optional<String> text = text(name);
    try {
      int number = text.map(Integer::parseInt).orElse(unsaid);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with what is wanted
    }
    problem(name + " must be a number from " + least + " to " + most);
    return least;
  }

  BigDecimal step(String name) {
    try {
      BigDecimal step = new BigDecimal(required(name));
      // what has more digits is a mistake, and costs time with every row
      if (step.signum() > 0 && step.precision() <= 18 && Math.abs(step.scale()) <= 18) {
        return step;
      }
    } catch (NumberFormatException e) {
      // said below, with what is wanted
    }
    problem(name + " must be a positive number of at most 18 digits");
    return BigDecimal.ONE;
  }

  String word(String name, String unsaid, Set<String> allowed) {
    String word = text(name).orElse(unsaid);
    if (!allowed.contains(word)) {
      problem(name + " must be one of " + String.join(", ", new TreeSet<>(allowed)));
      return allowed.iterator().next();
    }
    return word;
  }

  boolean fine() {
    return problems.isEmpty();
  }

  /** The mask, unless something was wrong or a parameter was not asked for. */
  Made made(Mask ready) {
    return sound() ? new Made.Ready(ready) : failed();
  }

  /** What was wrong, where it is known that something was. */
  Made failed() {
    sound();
    return new Made.Undefined(String.join("; ", problems));
  }

  private boolean sound() {
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (known.add(name)) {
        problem("the mask " + mask + " has no parameter " + name);
      }
    }
    return fine();
  }
}
