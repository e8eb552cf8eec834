package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.engine.Routes;
import io.gatehouse.appliance.policy.MaskUse;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.yaml.Problem;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The columns of all databases of a configuration that a policy's rules mask, and whether their
 * masks are defined for the columns' types. For the command line; used from one thread.
 */
public final class MaskReview {
  /** Enough to see which they are. */
  private static final int SHOWN = 5;

  private final Policy policy;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean complete = true;

  /** A database as clients ask for it, and the target that serves it. */
  record Place(String target, String database) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTarget = target.compareTo(other.target);
      return byTarget == 0 ? database.compareTo(other.database) : byTarget;
    }

    @Override
    public String toString() {
      return "database " + database + " of target " + target;
    }
  }

  /** Columns with the same rule and the same thing wrong. */
  private record Misfit(MaskUse use, String why) {}

  MaskReview(Policy policy) {
    this.policy = policy;
  }

  /**
   * Every database that the configuration names, and these where it serves any name. What has no
   * catalog has no columns to be masked.
   *
   * @param databases more names
   */
  static Set<Place> places(Routes routes, Set<String> databases) {
    Set<Place> places = new TreeSet<>();
    for (Map<String, String> served : routes.byListener().values()) {
      served.forEach(
          (database, target) -> {
            Stream<String> names =
                database.equals(Routes.ANY) ? databases.stream() : Stream.of(database);
            if (Understanding.catalogued(routes.protocol(target))) {
              names.forEach(name -> places.add(new Place(target, name)));
            }
          });
    }
    return places;
  }

  /** The targets that serve any name, where no name was given. */
  static Set<String> unnamed(Routes routes, Set<String> databases) {
    Set<String> targets = new TreeSet<>();
    for (Map<String, String> served : routes.byListener().values()) {
      String target = served.get(Routes.ANY);
      if (target != null && databases.isEmpty()) {
        targets.add(target);
      }
    }
    return targets;
  }

  void add(Place place, MaskFit fit) {
    Target target = new Target(place.target(), Target.Protocol.POSTGRESQL);
    Map<Misfit, List<ColumnOrigin>> misfits = new LinkedHashMap<>();
    int masked = 0;
    for (ColumnOrigin column : fit.types().all().keySet()) {
      Resource resource =
          Resource.of(Resource.Kind.COLUMN, column.schema(), column.table(), column.column());
      List<MaskUse> uses = policy.masksOf(target, place.database(), resource);
      masked += uses.isEmpty() ? 0 : 1;
      for (MaskUse use : uses) {
        fit.problem(use.mask(), column)
            .ifPresent(
                why ->
                    misfits
                        .computeIfAbsent(new Misfit(use, why), _ -> new ArrayList<>())
                        .add(column));
      }
    }
    misfits.forEach(
        (misfit, columns) ->
            problems.add(misfit.use().place().problem(words(misfit, columns, place))));
    notes.add(place + ": " + masked + " columns are masked for somebody");
  }

  private static String words(Misfit misfit, List<ColumnOrigin> columns, Place place) {
    List<String> names =
        columns.stream()
            .limit(SHOWN)
            .map(column -> column.schema() + "." + column.table() + "." + column.column())
            .toList();
    int more = columns.size() - names.size();
    return "\""
        + misfit.use().mask()
        + "\" cannot mask "
        + String.join(", ", names)
        + (more == 0 ? "" : " and " + more + " more")
        + " in "
        + place
        + ": "
        + misfit.why();
  }

  void failed(Place place, String why) {
    complete = false;
    notes.add(place + " was not looked at: " + why);
  }

  void unnamed(String target) {
    complete = false;
    notes.add(
        "target "
            + target
            + " was not looked at for names that the configuration does not list; name them with"
            + " --database");
  }

  /** What is wrong, each with the place of its rule. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** What was looked at and what was not. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Whether all was looked at. */
  public boolean complete() {
    return complete;
  }
}
