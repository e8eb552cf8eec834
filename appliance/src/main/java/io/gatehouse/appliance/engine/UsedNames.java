package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.verdict.Known;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that parts of a message use, and what earlier parts of the same message do to them. */
final class UsedNames {
  private UsedNames() {}

  /** Null if it uses none. */
  static @Nullable String of(Consequence consequence) {
    return switch (consequence) {
      case Consequence.RunsPrepared(String name) -> name;
      case Consequence.Fetches(String name) -> name;
      case Consequence.MovesNames _,
          Consequence.MovesObjects _,
          Consequence.MakesTemporary _,
          Consequence.BeginsAnew _,
          Consequence.RunsCode _,
          Consequence.EndsTransaction _,
          Consequence.Defines _,
          Consequence.Prepares _,
          Consequence.Declares _,
          Consequence.Deallocates _,
          Consequence.Closes _ ->
          null;
    };
  }

  /** A cursor that the same message declares: its query is among what is decided. */
  static boolean madeEarlier(Known known, int index, Consequence use) {
    return use instanceof Consequence.Fetches(String name)
        && consequencesBefore(known, index).contains(new Consequence.Declares(name));
  }

  /** The same message puts something else behind the name first. */
  static boolean remadeEarlier(Known known, int index, String name) {
    return consequencesBefore(known, index).stream().anyMatch(before -> remakes(before, name));
  }

  private static boolean remakes(Consequence consequence, String name) {
    return switch (consequence) {
      case Consequence.RunsCode _, Consequence.BeginsAnew _, Consequence.Deallocates _ -> true;
      case Consequence.Prepares(String made, _, _) -> made.equals(name);
      case Consequence.Declares(String made) -> made.equals(name);
      case Consequence.Closes(String closed) -> closed.isEmpty() || closed.equals(name);
      case Consequence.MovesNames _,
          Consequence.MovesObjects _,
          Consequence.MakesTemporary _,
          Consequence.EndsTransaction _,
          Consequence.Defines _,
          Consequence.RunsPrepared _,
          Consequence.Fetches _ ->
          false;
    };
  }

  private static List<Consequence> consequencesBefore(Known known, int index) {
    return known.parts().subList(0, index).stream()
        .flatMap(part -> part.analysed().consequences().stream())
        .toList();
  }
}
