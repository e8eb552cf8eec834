package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a value may depend on. */
public sealed interface Flow {

  /** It is the value of one column as it stands there, or NULL. */
  record Identity(ColumnOrigin column) implements Flow {
    @Override
    public Set<ColumnOrigin> columns() {
      return Set.of(column);
    }
  }

  /** It may depend on any of these in any way. */
  record Derived(Set<ColumnOrigin> columns) implements Flow {
    private static final Derived FROM_NOTHING = new Derived(Set.of());

    public Derived {
      columns = Set.copyOf(columns);
    }
  }

  Set<ColumnOrigin> columns();

  /** It depends on no column. */
  static Flow nothing() {
    return Derived.FROM_NOTHING;
  }

  /** What is computed from all of these. */
  static Flow of(Collection<? extends Flow> parts) {
    Set<ColumnOrigin> all = new LinkedHashSet<>();
    parts.forEach(part -> all.addAll(part.columns()));
    return all.isEmpty() ? nothing() : new Derived(all);
  }

  static Flow of(Flow... parts) {
    return of(List.of(parts));
  }

  /** What is either of the two, by row. */
  default Flow or(Flow other) {
    return equals(other) ? this : of(this, other);
  }

  /** The same columns, no longer as they stand there. */
  default Flow derived() {
    return of(this);
  }
}
