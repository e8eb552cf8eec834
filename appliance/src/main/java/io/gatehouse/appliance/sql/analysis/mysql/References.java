package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.Columns;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.tree.Name;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that a statement names. Each has to be found somewhere: what the gate finds nowhere,
 * the server may find by a rule that the gate does not know.
 */
final class References {

  /**
   * @param qualifier the name of the table before it
   */
  private record Reference(Optional<String> qualifier, String column) {}

  private final Columns columns = new Columns(MysqlNames::folded, false);
  private final Set<Reference> references = new HashSet<>();

  /** What stands before a star. */
  private final Set<String> stars = new HashSet<>();

  /** Names that the statement itself gives to columns. */
  private final Set<String> labels = new HashSet<>();

  /** What has columns that are no relation's of the catalog. */
  private final Set<String> others = new HashSet<>();

  /** How ON DUPLICATE KEY UPDATE calls the row that was to be written. */
  private final Set<String> newRows = new HashSet<>();

  /** Whether there are columns whose names nobody wrote down. */
  private boolean unnamed;

  Columns columns() {
    return columns;
  }

  /** An alias as it is compared: whether case counts, only the server knows. */
  static String alias(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void column(List<Name> parts) {
    if (parts.size() > 3) {
      throw DoubtException.of("a name of " + parts.size() + " parts");
    }
    String column = MysqlNames.folded(parts.getLast().text());
    references.add(
        parts.size() == 1
            ? new Reference(Optional.empty(), column)
            : new Reference(Optional.of(alias(parts.get(parts.size() - 2).text())), column));
  }

  /** All columns of what has this alias. */
  void allOf(String qualifier) {
    String alias = alias(qualifier);
    stars.add(alias);
    columns.allOf(alias);
  }

  void label(String name) {
    labels.add(MysqlNames.folded(name));
  }

  void labels(List<Name> names) {
    names.forEach(name -> label(name.text()));
  }

  void unnamed() {
    unnamed = true;
  }

  void other(String alias) {
    others.add(alias(alias));
    columns.other(alias(alias));
  }

  void newRow(String alias) {
    newRows.add(alias(alias));
  }

  /** All was walked through: the columns can be told. */
  void finish() {
    references.forEach(this::read);
    references.forEach(this::found);
    for (String alias : stars) {
      if (!relation(alias) && !others.contains(alias)) {
        throw unknown("table", alias);
      }
    }
  }

  private void read(Reference reference) {
    boolean ofNewRow = reference.qualifier().filter(newRows::contains).isPresent();
    if (ofNewRow && !relation(reference.qualifier().get())) {
      return;
    }
    List<Name> parts = new ArrayList<>();
    reference.qualifier().ifPresent(qualifier -> parts.add(Name.of(qualifier)));
    parts.add(Name.of(reference.column()));
    columns.reference(parts);
  }

  private boolean relation(String alias) {
    return columns.uses().stream().anyMatch(use -> use.named(alias));
  }

  private void found(Reference reference) {
    String column = reference.column();
    Optional<String> qualifier = reference.qualifier();
    boolean newRow = qualifier.filter(newRows::contains).isPresent();
    boolean inRelation =
        columns.uses().stream()
            .filter(use -> qualifier.isEmpty() || use.named(qualifier.get()))
            .anyMatch(use -> MysqlNames.column(use.relation(), column) != null);
    if (inRelation) {
      return;
    }
    boolean mayBeOther =
        qualifier.isEmpty()
            || others.contains(qualifier.get())
            || newRow
            || relation(qualifier.get());
    boolean own = labels.contains(column) || unnamed || newRow;
    if (!mayBeOther || !own || looksLikeOther(column)) {
      throw unknown("column", column);
    }
  }

  private static DoubtException unknown(String what, String name) {
    return DoubtException.of(what + " \"" + name + "\" is not in the gate's catalog");
  }

  /**
   * Whether the server may take it for a column that is written in other letters: in tables with
   * many columns it compares them by a collation, for which accents are no difference.
   */
  private boolean looksLikeOther(String column) {
    String plain = plain(column);
    return columns.uses().stream()
        .flatMap(use -> use.relation().columns().stream())
        .map(MysqlNames::folded)
        .anyMatch(other -> !other.equals(column) && plain(other).equals(plain));
  }

  /** Without accents and case. */
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replace('ß', 's');
  }
}
