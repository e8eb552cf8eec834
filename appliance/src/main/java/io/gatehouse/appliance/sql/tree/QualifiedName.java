package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The name of an object with what stands before it, outermost first. Never empty. */
public record QualifiedName(List<Name> parts) {
  public QualifiedName {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a name needs at least one part");
    }
  }

  public static QualifiedName of(String... parts) {
    return new QualifiedName(List.of(parts).stream().map(Name::of).toList());
  }

  public Name last() {
    return parts.getLast();
  }

  /** What stands right before the last part. */
  public Optional<Name> schema() {
    return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
  }

  @Override
  public String toString() {
    return parts.stream().map(Name::text).collect(Collectors.joining("."));
  }
}
