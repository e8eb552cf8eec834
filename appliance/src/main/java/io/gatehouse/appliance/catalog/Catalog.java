package io.gatehouse.appliance.catalog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableList;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One consistent picture of a database's objects. Immutable. Names are given as the catalog spells
 * them. Temporary objects and TOAST tables are not in it: what is not found is unknown, not absent.
 */
public final class Catalog {
  private final long version;
  private final CatalogContent content;
  private final Map<QualifiedName, Relation> relations;
  private final Map<Long, Relation> byNumber;
  private final Map<QualifiedName, List<Routine>> routines;
  private final Map<QualifiedName, UserType> types;
  private final Map<Long, UserType> enumerations;

  /**
   * @param version unique in the process, and another one for every other content
   */
  public Catalog(long version, CatalogContent content) {
    this.version = version;
    this.content = content;
    this.relations =
        content.relations().stream()
            .collect(toUnmodifiableMap(Relation::qualifiedName, relation -> relation));
    this.byNumber =
        content.relations().stream()
            .collect(toUnmodifiableMap(Relation::oid, relation -> relation));
    this.routines =
        content.routines().stream()
            .collect(
                groupingBy(
                    routine -> new QualifiedName(routine.schema(), routine.name()),
                    toUnmodifiableList()));
    this.types =
        content.types().stream()
            .collect(
                toUnmodifiableMap(
                    type -> new QualifiedName(type.schema(), type.name()), type -> type));
    this.enumerations =
        content.types().stream()
            .filter(type -> type.kind() == UserType.Kind.ENUM)
            .collect(toUnmodifiableMap(UserType::oid, type -> type));
  }

  public long version() {
    return version;
  }

  public CatalogContent content() {
    return content;
  }

  public String database() {
    return content.database();
  }

  public int serverMajor() {
    return content.serverMajor();
  }

  /** Of a fresh session of the held credential, as it is set: {@code "$user"} stands as it is. */
  public List<String> defaultSearchPath() {
    return content.defaultSearchPath();
  }

  /** Who the held credential is there, after the role was taken on. */
  public String user() {
    return content.user();
  }

  public boolean hasSchema(String schema) {
    return content.schemas().contains(schema);
  }

  /** Whether the server looks into a schema of the search path, for the user of this catalog. */
  public boolean open(String schema) {
    return !content.closedSchemas().contains(schema);
  }

  public @Nullable Relation relation(String schema, String name) {
    return relations.get(new QualifiedName(schema, name));
  }

  /** What a name stands for that is a relation's, or all relations of a schema. */
  public Stream<Relation> under(List<String> path) {
    return switch (path.size()) {
      case 1 -> content.relations().stream().filter(one -> one.schema().equals(path.getFirst()));
      case 0 -> Stream.of();
      default -> Stream.ofNullable(relation(path.get(0), path.get(1)));
    };
  }

  /** By the number that the server has for it. */
  public @Nullable Relation relation(long oid) {
    return byNumber.get(oid);
  }

  /** All overloads of that name that did not come with the server; empty if there is none. */
  public List<Routine> routines(String schema, String name) {
    return routines.getOrDefault(new QualifiedName(schema, name), List.of());
  }

  /** Whether an operator of that name exists there that did not come with the server. */
  public boolean userOperator(String schema, String name) {
    return content.userOperators().contains(new QualifiedName(schema, name));
  }

  /** A type that did not come with the server; row types of relations are among them. */
  public @Nullable UserType type(String schema, String name) {
    return types.get(new QualifiedName(schema, name));
  }

  /** An enumeration by the number that the server has for it. */
  public @Nullable UserType enumeration(long oid) {
    return enumerations.get(oid);
  }

  /** Whether pg_catalog has a type of that name, as pg_type spells it ({@code int4}). */
  public boolean builtinType(String name) {
    return content.builtinTypes().contains(name);
  }

  /** Whether a cast that nobody reviewed calls a function or applies by itself. */
  public boolean userCasts() {
    return content.userCasts();
  }

  /** Whether definitions run an event trigger that nobody reviewed. */
  public boolean codeOnDefine() {
    return content.codeOnDefine();
  }

  /**
   * Whether code that users stored at the server can change what later statements of the session
   * mean that runs it. What came with the server is not counted.
   */
  public boolean codeChangesSession() {
    return content.codeChangesSession();
  }
}
