package io.gatehouse.appliance.catalog.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.CatalogServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A name that a real server has and no list has would be refused; it is better to know of it. */
class BuiltinsIT {
  private static CatalogServer server;

  @BeforeAll
  static void start() {
    server = CatalogServer.empty();
  }

  @Test
  void every_function_of_the_server_is_on_the_list() {
    List<String> names =
        server.list(
            """
            select distinct n.nspname || '.' || p.proname from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace where p.oid < 16384 order by 1
            """);
    assertThat(names).hasSizeGreaterThan(2_600);
    assertThat(names)
        .filteredOn(name -> Builtins.of(schema(name), bare(name)) == null)
        .as("functions that nobody reviewed")
        .isEmpty();
  }

  @Test
  void every_relation_of_the_server_is_on_the_list() {
    List<String> names =
        server.list(
            """
            select n.nspname || '.' || c.relname from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')
            """);
    assertThat(names).hasSizeGreaterThan(200);
    assertThat(names)
        .filteredOn(name -> Builtins.relation(schema(name), bare(name)) == null)
        .as("relations that nobody reviewed")
        .isEmpty();
  }

  @Test
  void built_in_operators_do_nothing_but_compute() {
    assertPure(
        """
        select distinct p.proname from pg_operator o join pg_proc p on p.oid = o.oprcode
        where o.oid < 16384
        """);
  }

  @Test
  void built_in_casts_compute_or_look_names_up() {
    List<String> functions =
        server.list(
            """
            select distinct p.proname from pg_cast c join pg_proc p on p.oid = c.castfunc
            where c.oid < 16384
            """);
    assertThat(functions)
        .allSatisfy(
            name ->
                assertThat(Builtins.of(name))
                    .as(name)
                    .isSubsetOf(EnumSet.of(Effect.PURE, Effect.SYSTEM_DATA)));
  }

  private static void assertPure(String query) {
    List<String> names = server.list(query);
    assertThat(names).hasSizeGreaterThan(100);
    assertThat(names)
        .allSatisfy(name -> assertThat(Builtins.of(name)).as(name).isEqualTo(Set.of(Effect.PURE)));
  }

  @Test
  void what_takes_or_gives_internal_values_is_never_harmless() {
    List<String> names =
        server.list(
            """
            select distinct proname from pg_proc
            where oid < 16384 and pronamespace = 'pg_catalog'::regnamespace
              and (prorettype in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype)
                or proargtypes::oid[] && array['internal'::regtype, 'cstring'::regtype]::oid[])
            """);
    assertThat(names).hasSizeGreaterThan(500);
    assertThat(names)
        .allSatisfy(name -> assertThat(Builtins.of(name)).as(name).doesNotContain(Effect.PURE));
  }

  @Test
  void functions_that_only_few_may_run_are_never_pure() {
    // The server itself does not grant these to everybody.
    List<String> names =
        server.list(
            """
            select distinct proname from pg_proc
            where oid < 16384 and pronamespace = 'pg_catalog'::regnamespace and proacl is not null
              and not has_function_privilege('gate', oid, 'execute')
            """);
    assertThat(names).hasSizeGreaterThan(50);
    assertThat(names)
        .allSatisfy(name -> assertThat(Builtins.of(name)).as(name).doesNotContain(Effect.PURE));
  }

  @Test
  void volatile_functions_are_pure_only_where_a_person_said_so() {
    List<String> names =
        server.list(
            """
            select distinct proname from pg_proc
            where oid < 16384 and pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v'
            """);
    assertThat(names)
        .filteredOn(name -> Set.of(Effect.PURE).equals(Builtins.of(name)))
        .as("declared volatile, but value in and value out")
        .isEmpty();
  }

  @Test
  void every_function_of_the_extensions_that_come_with_it_is_on_the_list() {
    CatalogServer full = CatalogServer.empty();
    List<String> extensions =
        full.list(
            """
            select name from pg_available_extensions
            where name !~ '^(jsonb_|hstore_|ltree_|bool_)?pl' order by 1
            """);
    extensions.forEach(name -> full.run("create extension \"" + name + "\" cascade"));
    List<String> missing = new ArrayList<>();
    for (String extension : extensions) {
      assertThat(Builtins.reviewedExtension(extension)).as(extension).isTrue();
      for (String function : full.list(functionsOf(extension))) {
        if (Builtins.extension(extension, function) == null) {
          missing.add(extension + "." + function);
        }
      }
    }
    assertThat(extensions).hasSizeGreaterThan(40);
    assertThat(missing).isEmpty();
  }

  private static String functionsOf(String extension) {
    return """
    select distinct p.proname from pg_proc p
    join pg_depend d on d.objid = p.oid and d.classid = 'pg_proc'::regclass
    join pg_extension e on e.oid = d.refobjid and d.refclassid = 'pg_extension'::regclass
    where d.deptype = 'e' and e.extname = '%s'
    """
        .formatted(extension);
  }

  private static String schema(String name) {
    return name.substring(0, name.indexOf('.'));
  }

  private static String bare(String name) {
    return name.substring(name.indexOf('.') + 1);
  }
}
