package io.gatehouse.appliance.journal.keep;

import java.util.List;
import java.util.Optional;

/**
 * The retention classes.
 *
 * @param classes the first is the default
 */
public record Retention(List<RetentionClass> classes) {
  public static final int MOST_CLASSES = 8;

  /** Seven years: what is asked for where nothing else is. */
  public static final Retention DEFAULT =
      new Retention(List.of(new RetentionClass(1, "ordinary", 2555)));

  public Retention {
    classes = List.copyOf(classes);
    if (classes.isEmpty() || classes.size() > MOST_CLASSES) {
      throw new IllegalArgumentException("1 to " + MOST_CLASSES + " retention classes");
    }
  }

  public RetentionClass standard() {
    return classes.getFirst();
  }

  /** Empty if no class has that name; no name is the default one. */
  public Optional<RetentionClass> named(String name) {
    return name.isEmpty()
        ? Optional.of(standard())
        : classes.stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
