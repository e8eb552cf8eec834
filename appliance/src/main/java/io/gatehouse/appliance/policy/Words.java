package io.gatehouse.appliance.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The spelling of the model's constants in policies: {@code whole-table}. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In the constants' own order, so that conditions and people see the same list each time. */
  static <E extends Enum<E>> List<String> of(Collection<E> constants) {
    return constants.stream().sorted(Comparator.naturalOrder()).map(Words::of).toList();
  }

  static <E extends Enum<E>> Map<String, E> choices(E[] constants, Predicate<E> offered) {
    return Stream.of(constants)
        .filter(offered)
        .collect(Collectors.toMap(Words::of, constant -> constant, (a, _) -> a, TreeMap::new));
  }

  static <E extends Enum<E>> Optional<E> find(E[] constants, String word) {
    return Stream.of(constants).filter(constant -> of(constant).equals(word)).findFirst();
  }
}
