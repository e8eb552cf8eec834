package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which columns of a statement's relations it may read. Not what each reference means but what it
 * can mean: a column counts as read as soon as its name stands anywhere in the statement where it
 * could be meant, or the row it is in is used whole. So a scope that is read wrongly can name too
 * many columns and never too few.
 */
public final class Columns {

  /** One relation in one place of the statement. */
  public static final class Use {
    private final Set<String> aliases;
    private final Relation relation;
    private boolean all;

    /** By whichever of its names. */
    public boolean named(String alias) {
      return aliases.contains(alias);
    }

    private Use(Set<String> aliases, Relation relation) {
      this.aliases = Set.copyOf(aliases);
      this.relation = relation;
    }

    public Relation relation() {
      return relation;
    }

    public void all() {
      all = true;
    }
  }

  private final List<Use> uses = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Set<String>> qualified = new HashMap<>();
  private final Set<String> wholeRows = new HashSet<>();
  private final Set<String> others = new HashSet<>();
  private final UnaryOperator<String> folded;
  private final boolean rowsHaveNames;
  private boolean everything;

  /** Names as the catalog spells them, of which any may stand for a row. */
  public Columns() {
    this(UnaryOperator.identity(), true);
  }

  /**
   * @param folded how a column of the catalog is written in all names that are given
   * @param rowsHaveNames whether an alias alone stands for the row
   */
  public Columns(UnaryOperator<String> folded, boolean rowsHaveNames) {
    this.folded = folded;
    this.rowsHaveNames = rowsHaveNames;
  }

  public Use use(Set<String> aliases, Relation relation) {
    Use use = new Use(aliases, relation);
    uses.add(use);
    return use;
  }

  /** What is no relation of the catalog, but has columns: a derived table, a function, WITH. */
  public void other(String alias) {
    others.add(alias);
  }

  /** A join by the columns that happen to have one name. */
  public void everything() {
    everything = true;
  }

  /** A name that may be a column of anything, or the row of what has it as alias. */
  public void name(String name) {
    names.add(name);
    if (rowsHaveNames) {
      wholeRows.add(name);
    }
  }

  /** Every column of what has this alias. */
  public void allOf(String alias) {
    wholeRows.add(alias);
  }

  /** A column as it is written, with what stands before it. */
  public void reference(List<Name> parts) {
    String column = parts.getLast().text();
    if (parts.size() == 1) {
      name(column);
      return;
    }
    String qualifier = parts.get(parts.size() - 2).text();
    qualified.computeIfAbsent(qualifier, _ -> new HashSet<>()).add(column);
    // The part before may itself be a column or a row from which a field is taken.
    parts.subList(0, parts.size() - 2).forEach(part -> name(part.text()));
  }

  /** The columns that a use may read, in the order of the relation. */
  public Set<String> readBy(Use use) {
    List<String> columns = use.relation.columns();
    if (everything || use.all || use.aliases.stream().anyMatch(wholeRows::contains)) {
      return new LinkedHashSet<>(columns);
    }
    Set<String> read = new LinkedHashSet<>();
    for (String column : columns) {
      String name = folded.apply(column);
      if (names.contains(name) || namedWith(use.aliases, name)) {
        read.add(column);
      }
    }
    return read;
  }

  private boolean namedWith(Set<String> aliases, String column) {
    if (aliases.stream()
        .anyMatch(alias -> qualified.getOrDefault(alias, Set.of()).contains(column))) {
      return true;
    }
    // A qualifier that is no relation's alias is a join, a derived table, OLD, EXCLUDED: anybody's.
    return qualified.entrySet().stream()
        .anyMatch(entry -> !aliases(entry.getKey()) && entry.getValue().contains(column));
  }

  private boolean aliases(String name) {
    return uses.stream().anyMatch(use -> use.aliases.contains(name));
  }

  /** Whether some relation of the statement has such a column, so that a dot takes that. */
  public boolean known(String column) {
    return uses.stream().anyMatch(use -> use.relation.columns().contains(column));
  }

  /**
   * Whether a reference can be nothing but a column: all that has the alias has such a column,
   * which the server prefers to a function of that name.
   */
  public boolean certain(List<Name> parts) {
    if (parts.size() < 2) {
      return false;
    }
    String alias = parts.get(parts.size() - 2).text();
    String column = parts.getLast().text();
    return aliases(alias)
        && !others.contains(alias)
        && uses.stream()
            .filter(use -> use.aliases.contains(alias))
            .allMatch(use -> use.relation.columns().contains(column));
  }

  public List<Use> uses() {
    return List.copyOf(uses);
  }
}
