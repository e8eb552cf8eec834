package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import java.util.List;
import java.util.Set;

/** One way to name things in a rule. */
sealed interface Selector {
  Set<Kind> CALLED = Set.of(Kind.TOOL, Kind.DOCUMENT, Kind.PROMPT, Kind.MODEL);

  Truth matches(Resource resource);

  /** Whether something in this table may be selected, which is not itself. */
  boolean mayBeIn(Resource table);

  /** Whether all that is selected is called by name, and answers in JSON. */
  default boolean onlyCalled() {
    return switch (this) {
      case ByPath(PathPattern pattern) -> CALLED.contains(pattern.kind());
      case ByKind(Kind kind) -> CALLED.contains(kind);
      case ByTag(_, List<Selector> tagged) -> tagged.stream().allMatch(Selector::onlyCalled);
    };
  }

  /** Whether everything that the other selects is selected by this; may be too modest. */
  boolean covers(Selector other);

  record ByPath(PathPattern pattern) implements Selector {
    @Override
    public Truth matches(Resource resource) {
      return pattern.matches(resource);
    }

    @Override
    public boolean mayBeIn(Resource table) {
      return pattern.mayBeIn(table);
    }

    @Override
    public boolean covers(Selector other) {
      return other instanceof ByPath that && pattern.covers(that.pattern);
    }

    @Override
    public String toString() {
      return pattern.toString();
    }
  }

  /** Everything of a kind, and nothing that is in it. */
  record ByKind(Kind kind) implements Selector {
    @Override
    public Truth matches(Resource resource) {
      return Truth.of(resource.kind() == kind);
    }

    @Override
    public boolean mayBeIn(Resource table) {
      return kind == Kind.COLUMN && table.kind() == Kind.TABLE;
    }

    @Override
    public boolean covers(Selector other) {
      return switch (other) {
        case ByKind that -> kind == that.kind;
        case ByPath that ->
            kind == that.pattern().kind() && kind != Kind.TABLE && kind != Kind.SCHEMA;
        case ByTag _ -> false;
      };
    }

    @Override
    public String toString() {
      return "every " + Words.of(kind);
    }
  }

  /** Whatever carries the tag itself or is in something that does. */
  record ByTag(String tag, List<Selector> tagged) implements Selector {
    public ByTag {
      tagged = List.copyOf(tagged);
    }

    @Override
    public Truth matches(Resource resource) {
      return anyOf(tagged, resource);
    }

    @Override
    public boolean mayBeIn(Resource table) {
      return tagged.stream().anyMatch(one -> one.mayBeIn(table));
    }

    @Override
    public boolean covers(Selector other) {
      return equals(other);
    }

    @Override
    public String toString() {
      return "tag " + tag;
    }
  }

  static Truth anyOf(List<Selector> selectors, Resource resource) {
    Truth truth = Truth.NO;
    for (Selector selector : selectors) {
      truth = truth.or(selector.matches(resource));
      if (truth == Truth.YES) {
        return truth;
      }
    }
    return truth;
  }
}
