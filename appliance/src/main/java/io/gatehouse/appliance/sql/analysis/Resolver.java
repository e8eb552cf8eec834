package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.catalog.UserType;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name stands for, as the server would in this session: temporary objects first, then
 * pg_catalog unless the path names it, then the path.
 */
public final class Resolver {
  public static final String SYSTEM = "pg_catalog";
  static final String TEMPORARY = "pg_temp";

  private final Catalog known;
  private final NameState names;
  private boolean asked;

  public Resolver(Catalog catalog, NameState names) {
    this.known = catalog;
    this.names = names;
  }

  /** What a relation's name stands for. */
  public sealed interface Found {

    record Base(Relation relation) implements Found {}

    /**
     * An object of the session's own, or one that its open transaction made: neither its columns
     * nor what runs behind it are known.
     */
    record Unlisted(String schema, String name) implements Found {}
  }

  public Catalog catalog() {
    asked = true;
    return known;
  }

  /** Whether anything of the catalog was asked: if not, no change of it makes a difference. */
  boolean asked() {
    return asked;
  }

  /** The relation that a statement reads or changes. */
  public Found relation(QualifiedName name) {
    String last = name.last().text();
    Optional<String> schema = schemaOf(name);
    if (schema.isPresent()) {
      return qualified(schema.get(), last);
    }
    if (!(names instanceof NameState.Known known)) {
      throw DoubtException.awaitingNames(last);
    }
    if (known.temporary().contains(last)) {
      if (known.path().contains(TEMPORARY)) {
        throw DoubtException.of(
            "\"" + last + "\" is a temporary object and the search path moves pg_temp");
      }
      return new Found.Unlisted(TEMPORARY, last);
    }
    return onPath(known, last);
  }

  /**
   * The server passes over schemas that its user may not use. For another user than the catalog's
   * it is not known which those are: only a name that is in one alone, or in the server's own
   * before all others, is certain then.
   */
  private Found onPath(NameState.Known session, String name) {
    boolean same = session.user().equals(catalog().user());
    List<Found> all = new ArrayList<>();
    for (String place : effectivePath(session).stream().distinct().toList()) {
      Found found = same && !catalog().open(place) ? null : listed(place, name);
      if (found != null) {
        all.add(found);
      }
      if (found != null && (same || place.equals(SYSTEM))) {
        break;
      }
    }
    if (all.size() > 1) {
      throw DoubtException.of(
          "relation \"" + name + "\" is in several schemas of the search path; say which");
    }
    if (all.isEmpty()) {
      throw unknown(name);
    }
    return all.getFirst();
  }

  private Found qualified(String schema, String last) {
    if (isTemporary(schema)) {
      return new Found.Unlisted(TEMPORARY, last);
    }
    Found found = listed(schema, last);
    if (found == null) {
      throw unknown(schema + "." + last);
    }
    return found;
  }

  private @Nullable Found listed(String schema, String name) {
    if (names instanceof NameState.Known known
        && known.made().contains(new io.gatehouse.appliance.catalog.QualifiedName(schema, name))) {
      return new Found.Unlisted(schema, name);
    }
    Relation relation = catalog().relation(schema, name);
    return relation == null ? null : new Found.Base(relation);
  }

  /** What a name may have meant that stands for nothing of the catalog. */
  Set<io.gatehouse.appliance.catalog.QualifiedName> candidates(QualifiedName name) {
    return schemaOf(name).map(List::of).orElseGet(this::places).stream()
        .map(place -> new io.gatehouse.appliance.catalog.QualifiedName(place, name.last().text()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static DoubtException unknown(String name) {
    return DoubtException.of("relation \"" + name + "\" is not in the gate's catalog");
  }

  static boolean isTemporary(String schema) {
    return schema.equals(TEMPORARY)
        || schema.startsWith("pg_temp_")
        || schema.startsWith("pg_toast_temp_");
  }

  /** The schema that a name says; a database before it must be this one. */
  public Optional<String> schemaOf(QualifiedName name) {
    List<Name> parts = name.parts();
    if (parts.size() > 3) {
      throw DoubtException.of("a name of " + parts.size() + " parts");
    }
    if (parts.size() == 3 && !parts.getFirst().text().equals(known.database())) {
      throw DoubtException.of("a name in another database");
    }
    return name.schema().map(Name::text);
  }

  /** Where an object that is created without a schema goes. */
  String creationSchema() {
    if (!(names instanceof NameState.Known known)) {
      throw DoubtException.awaitingNames("the schema to create in");
    }
    for (String place : expanded(known)) {
      if (isTemporary(place) || (catalog().hasSchema(place) && catalog().open(place))) {
        return place;
      }
    }
    throw DoubtException.of("no schema of the search path exists to create in");
  }

  /** Every schema in which an unqualified function, operator or type may be found. */
  List<String> places() {
    return switch (names) {
      case NameState.Known known -> effectivePath(known);
      // Whatever the path is, it names schemas of the catalog.
      case NameState.Unknown _ -> List.copyOf(catalog().content().schemas());
    };
  }

  private List<String> effectivePath(NameState.Known known) {
    List<String> path = expanded(known);
    if (!path.contains(SYSTEM)) {
      path.addFirst(SYSTEM);
    }
    return path;
  }

  private static List<String> expanded(NameState.Known known) {
    List<String> path = new ArrayList<>();
    for (String place : known.path()) {
      path.add(place.equals("$user") ? known.user() : place);
    }
    return path;
  }

  /** All routines that a call by this name may reach, beside the server's own. */
  public List<Routine> routines(QualifiedName name) {
    String last = name.last().text();
    Optional<String> schema = schemaOf(name);
    if (schema.isPresent()) {
      if (isTemporary(schema.get())) {
        throw DoubtException.of("a function of the session's own, \"" + last + "\"");
      }
      return catalog().routines(schema.get(), last);
    }
    List<Routine> found = new ArrayList<>();
    places().forEach(place -> found.addAll(catalog().routines(place, last)));
    return found;
  }

  /** Whether an operator by this name may be one that users of the target made. */
  public boolean userOperator(QualifiedName name) {
    String last = name.last().text();
    Optional<String> schema = schemaOf(name);
    if (schema.isPresent()) {
      return isTemporary(schema.get()) || catalog().userOperator(schema.get(), last);
    }
    return places().stream().anyMatch(place -> catalog().userOperator(place, last));
  }

  public boolean builtinType(QualifiedName name) {
    return schemaOf(name).map(SYSTEM::equals).orElse(true)
        && catalog().builtinType(name.last().text());
  }

  /** Every type that a name may stand for, beside the server's own. */
  List<UserType> userTypes(QualifiedName name) {
    String last = name.last().text();
    List<String> in = schemaOf(name).map(List::of).orElseGet(this::places);
    List<UserType> types = new ArrayList<>();
    for (String place : in) {
      UserType type = catalog().type(place, last);
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }

  /** Whether a session's own type may hide behind this name. */
  boolean maybeTemporaryType(QualifiedName name) {
    if (name.parts().size() > 1) {
      return name.schema().map(schema -> isTemporary(schema.text())).orElse(false);
    }
    return switch (names) {
      case NameState.Known known -> known.temporary().contains(name.last().text());
      case NameState.Unknown _ -> true;
    };
  }
}
