package io.gatehouse.appliance.sql.witness;

import java.util.List;
import java.util.Set;

/** What a witness says of a text. */
public sealed interface Testimony {

  /**
   * It could not or would not read the text; that is no objection.
   *
   * @param reason for counting, never holding any of the text
   */
  record Silent(String reason) implements Testimony {}

  /**
   * What it saw, which may be less than there is.
   *
   * @param statements how many there are, at least one
   * @param relations names that stand where a relation is read or changed, each part as the server
   *     folds it, outermost first; names that WITH gives are not among them
   * @param writes whether some statement, at any depth, changes rows, objects or rights
   */
  record Saw(int statements, Set<List<String>> relations, boolean writes) implements Testimony {
    public Saw {
      relations = Set.copyOf(relations);
    }
  }
}
