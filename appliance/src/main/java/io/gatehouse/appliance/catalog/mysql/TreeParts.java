package io.gatehouse.appliance.catalog.mysql;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All parts of a syntax tree, however deep and whatever is added to it: nothing is left out that
 * somebody forgot to name.
 */
final class TreeParts {
  private TreeParts() {}

  /** Shows the node itself, and then what is in it. */
  static void each(Object node, Consumer<Object> visitor) {
    visitor.accept(node);
    switch (node) {
      case Record one -> {
        for (RecordComponent component : one.getClass().getRecordComponents()) {
          each(value(one, component), visitor);
        }
      }
      case List<?> many -> many.forEach(one -> each(one, visitor));
      case Optional<?> perhaps -> perhaps.ifPresent(one -> each(one, visitor));
      default -> {}
    }
  }

  private static Object value(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a part of the tree that cannot be seen", e);
    }
  }
}
