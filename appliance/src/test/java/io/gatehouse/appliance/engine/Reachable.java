package io.gatehouse.appliance.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Every text that an object leads to through fields of ours, arrays and Java's containers. */
final class Reachable {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> waiting = new ArrayDeque<>();
  private final List<String> texts = new ArrayList<>();

  private Reachable() {}

  static List<String> from(Object root) {
    Reachable search = new Reachable();
    search.add(root);
    while (!search.waiting.isEmpty()) {
      search.follow(search.waiting.poll());
    }
    return search.texts;
  }

  private void add(@Nullable Object found) {
    if (found != null && seen.add(found)) {
      waiting.add(found);
    }
  }

  private void follow(Object object) {
    switch (object) {
      case String text -> texts.add(text);
      case byte[] bytes -> texts.add(new String(bytes, StandardCharsets.UTF_8));
      case char[] characters -> texts.add(String.valueOf(characters));
      case Collection<?> all -> all.forEach(this::add);
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                add(key);
                add(value);
              });
      case Optional<?> maybe -> maybe.ifPresent(this::add);
      case AtomicReference<?> reference -> add(reference.get());
      case Class<?> _ -> {}
      default -> members(object);
    }
  }

  private void members(Object object) {
    if (object.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(object); i++) {
        add(Array.get(object, i));
      }
      return;
    }
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          add(value(field, object));
        }
      }
    }
  }

  /** What Java itself hides is a container above, or holds nothing of ours. */
  private static @Nullable Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (InaccessibleObjectException hidden) {
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
