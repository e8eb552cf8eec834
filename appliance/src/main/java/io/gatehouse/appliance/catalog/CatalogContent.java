package io.gatehouse.appliance.catalog;

import java.util.List;
import java.util.Set;

/**
 * Everything a {@link Catalog} is made of.
 *
 * @param user who the held credential is there, after the role was taken on
 * @param defaultSearchPath of a fresh session of the held credential, as it is set: {@code $user}
 *     stands as it is
 * @param builtinTypes names of types of pg_catalog that are not rows of its relations
 * @param userCasts whether a cast that nobody reviewed calls a function or applies by itself
 * @param codeOnDefine whether definitions run an event trigger that nobody reviewed
 * @param closedSchemas those that the user may not use, which the server passes over in a search
 *     path
 * @param codeChangesSession whether code that users stored at the server can change what later
 *     statements of the session that calls it mean: its settings, its temporary tables, its
 *     prepared statements
 */
public record CatalogContent(
    String database,
    int serverMajor,
    String user,
    List<String> defaultSearchPath,
    Set<String> schemas,
    List<Relation> relations,
    List<Routine> routines,
    Set<QualifiedName> userOperators,
    List<UserType> types,
    Set<String> builtinTypes,
    boolean userCasts,
    boolean codeOnDefine,
    Set<String> closedSchemas,
    boolean codeChangesSession) {

  public CatalogContent {
    defaultSearchPath = List.copyOf(defaultSearchPath);
    schemas = Set.copyOf(schemas);
    relations = List.copyOf(relations);
    routines = List.copyOf(routines);
    userOperators = Set.copyOf(userOperators);
    types = List.copyOf(types);
    builtinTypes = Set.copyOf(builtinTypes);
    closedSchemas = Set.copyOf(closedSchemas);
  }

  /** Stored code can do anything. */
  public CatalogContent(
      String database,
      int serverMajor,
      String user,
      List<String> defaultSearchPath,
      Set<String> schemas,
      List<Relation> relations,
      List<Routine> routines,
      Set<QualifiedName> userOperators,
      List<UserType> types,
      Set<String> builtinTypes,
      boolean userCasts,
      boolean codeOnDefine,
      Set<String> closedSchemas) {
    this(
        database,
        serverMajor,
        user,
        defaultSearchPath,
        schemas,
        relations,
        routines,
        userOperators,
        types,
        builtinTypes,
        userCasts,
        codeOnDefine,
        closedSchemas,
        true);
  }
}
