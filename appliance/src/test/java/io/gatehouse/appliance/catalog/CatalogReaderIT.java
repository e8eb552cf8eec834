package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.catalog.builtin.Effect;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogReaderIT {
  private static CatalogServer server;
  private static Catalog catalog;

  @BeforeAll
  static void read() {
    server = CatalogServer.estate();
    catalog = server.read();
  }

  private static Relation relation(String name) {
    return Objects.requireNonNull(catalog.relation("hr", name), name);
  }

  private static QualifiedName hr(String name) {
    return new QualifiedName("hr", name);
  }

  @Test
  void a_session_is_described_as_the_held_credential_has_it() {
    assertThat(catalog.database()).isEqualTo(server.name());
    assertThat(server.list("select current_setting('server_version_num')::int / 10000"))
        .containsExactly(String.valueOf(catalog.serverMajor()));
    assertThat(catalog.user()).isEqualTo(CatalogServer.GATE);
    assertThat(catalog.defaultSearchPath()).containsExactly("$user", "public");
  }

  @Test
  void schemas_are_those_that_are_there() {
    assertThat(catalog.hasSchema("hr")).isTrue();
    assertThat(catalog.hasSchema("pg_catalog")).isTrue();
    assertThat(catalog.hasSchema("HR")).isFalse();
  }

  @Test
  void a_table_has_its_columns_without_the_dropped_one() {
    assertThat(relation("customers").columns())
        .containsExactly("id", "name", "ssn", "salary", "email", "doc");
    assertThat(relation("customers").columnTypes())
        .extracting(QualifiedName::name)
        .containsExactly("int4", "text", "text", "int4", "text", "jsonb");
    assertThat(relation("customers").kind()).isEqualTo(Relation.Kind.TABLE);
  }

  @Test
  void names_with_quotes_commas_and_braces_come_as_they_are() {
    Relation odd = catalog.relation("Odd \"name\", {x}", "t\"\\,{}");
    assertThat(odd).isNotNull();
    assertThat(odd.columns()).containsExactly("null", "a\"b,\\{");
  }

  @Test
  void kinds_are_told_apart() {
    assertThat(relation("part").kind()).isEqualTo(Relation.Kind.PARTITIONED);
    assertThat(relation("v_old").kind()).isEqualTo(Relation.Kind.VIEW);
    assertThat(relation("m_code").kind()).isEqualTo(Relation.Kind.MATERIALIZED_VIEW);
    assertThat(relation("far").kind()).isEqualTo(Relation.Kind.FOREIGN);
    assertThat(relation("numbers").kind()).isEqualTo(Relation.Kind.SEQUENCE);
    assertThat(relation("customers_pkey").kind()).isEqualTo(Relation.Kind.INDEX);
    assertThat(relation("pair").kind()).isEqualTo(Relation.Kind.COMPOSITE);
  }

  @Test
  void relations_of_the_server_are_marked() {
    Relation authid = catalog.relation("pg_catalog", "pg_authid");
    assertThat(authid).isNotNull();
    assertThat(authid.system()).isTrue();
    assertThat(authid.columns()).contains("rolpassword");
    assertThat(relation("customers").system()).isFalse();
    assertThat(catalog.relation("information_schema", "columns")).isNotNull();
  }

  @Test
  void a_view_depends_on_the_base_columns_of_the_views_below() {
    ColumnOrigin id = new ColumnOrigin("hr", "customers", "id");
    ColumnOrigin ssn = new ColumnOrigin("hr", "customers", "ssn");
    assertThat(relation("v_old").origins()).containsExactly(id, ssn);
    assertThat(relation("v_over").origins()).containsExactly(id, ssn);
    assertThat(relation("v_over").reads()).containsExactly(hr("customers"), hr("v_old"));
    assertThat(relation("m_code").origins()).containsExactly(id, ssn);
  }

  @Test
  void a_whole_row_counts_as_all_columns_and_a_count_as_none() {
    assertThat(relation("v_whole").origins())
        .extracting(ColumnOrigin::column)
        .containsExactlyInAnyOrder("id", "name", "ssn", "salary", "email", "doc");
    assertThat(relation("v_count").origins()).isEmpty();
    assertThat(relation("v_count").reads()).containsExactly(hr("customers"));
  }

  @Test
  void a_column_that_only_a_condition_names_is_an_origin() {
    assertThat(relation("v_where").origins())
        .contains(new ColumnOrigin("hr", "customers", "salary"));
  }

  @Test
  void a_view_over_the_server_s_own_relations_names_them() {
    assertThat(relation("v_passwords").origins())
        .contains(new ColumnOrigin("pg_catalog", "pg_authid", "rolpassword"));
    assertThat(relation("v_statistics").origins())
        .contains(new ColumnOrigin("pg_catalog", "pg_stats", "most_common_vals"));
  }

  @Test
  void effects_of_built_in_functions_come_through_views() {
    assertThat(relation("v_setting").effects()).contains(Effect.SYSTEM_DATA);
    assertThat(relation("v_dynamic").effects()).contains(Effect.DYNAMIC_SQL);
    assertThat(relation("v_old").effects()).isEmpty();
  }

  @Test
  void inheritance_and_partitions_are_followed_all_the_way() {
    assertThat(relation("part_p1_a").parents()).containsExactly(hr("part"), hr("part_p1"));
    assertThat(relation("part").children()).containsExactly(hr("part_p1"), hr("part_p1_a"));
    assertThat(relation("heir").parents()).containsExactly(hr("base"));
  }

  @Test
  void foreign_keys_that_change_rows_are_followed() {
    assertThat(relation("customers").cascades()).containsExactly(hr("lines"), hr("orders"));
    assertThat(relation("notes").cascades()).isEmpty();
  }

  @Test
  void routines_are_those_of_users_with_all_overloads() {
    assertThat(catalog.routines("evil", "f"))
        .extracting(Routine::language, Routine::volatility)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("sql", Routine.Volatility.IMMUTABLE),
            org.assertj.core.groups.Tuple.tuple("plpgsql", Routine.Volatility.VOLATILE));
    assertThat(catalog.routines("hr", "sd_leak"))
        .singleElement()
        .satisfies(routine -> assertThat(routine.securityDefiner()).isTrue());
    assertThat(catalog.routines("evil", "p"))
        .extracting(Routine::kind)
        .containsExactly(Routine.Kind.PROCEDURE);
    assertThat(catalog.routines("evil", "total"))
        .extracting(Routine::kind)
        .containsExactly(Routine.Kind.AGGREGATE);
    assertThat(catalog.routines("public", "crosstab"))
        .isNotEmpty()
        .allSatisfy(routine -> assertThat(routine.extension()).isEqualTo("tablefunc"));
    assertThat(catalog.routines("pg_catalog", "lower")).isEmpty();
  }

  @Test
  void operators_are_those_that_nobody_reviewed() {
    assertThat(catalog.userOperator("evil", "===")).isTrue();
    assertThat(catalog.userOperator("evil", "====")).isTrue();
    assertThat(catalog.userOperator("public", "=")).as("of citext").isFalse();
    assertThat(catalog.userOperator("pg_catalog", "=")).isFalse();
  }

  @Test
  void types_say_whether_using_them_runs_code() {
    assertThat(type("hr", "mood").kind()).isEqualTo(UserType.Kind.ENUM);
    assertThat(type("hr", "_mood").kind()).isEqualTo(UserType.Kind.ARRAY);
    assertThat(type("hr", "customers").kind()).isEqualTo(UserType.Kind.COMPOSITE);
    assertThat(type("public", "citext").extension()).isEqualTo("citext");
    assertThat(
            List.of(
                type("hr", "mood"),
                type("hr", "positive"),
                type("hr", "plain_pair"),
                type("hr", "plain_span"),
                type("public", "citext")))
        .allSatisfy(type -> assertThat(type.codeOnUse()).as(type.name()).isFalse());
    assertThat(
            List.of(
                type("evil", "checked"),
                type("evil", "over"),
                type("evil", "_checked"),
                type("evil", "defaulted"),
                type("hr", "pair"),
                type("evil", "span"),
                type("hr", "with_domain")))
        .allSatisfy(type -> assertThat(type.codeOnUse()).as(type.name()).isTrue());
  }

  @Test
  void labels_of_an_enumeration_come_in_their_order_whatever_they_are_called() {
    CatalogServer other = CatalogServer.empty();
    other.run(
        """
        create type public.size as enum ('s', 'l', 'NULL', 'it''s, "that"', '{}', '\\', ' ');
        alter type public.size add value 'm' before 'l';
        create type public.none as enum ();
        create domain public.fit as public.size
        """);
    Catalog read = other.read();
    UserType size = Objects.requireNonNull(read.type("public", "size"));
    assertThat(size.labels())
        .containsExactly("s", "m", "l", "NULL", "it's, \"that\"", "{}", "\\", " ");
    assertThat(read.enumeration(size.oid())).isSameAs(size);
    assertThat(Objects.requireNonNull(read.type("public", "none")).labels()).isEmpty();
    UserType fit = Objects.requireNonNull(read.type("public", "fit"));
    assertThat(fit.labels()).isEmpty();
    assertThat(read.enumeration(fit.oid())).isNull();
  }

  private static UserType type(String schema, String name) {
    return Objects.requireNonNull(catalog.type(schema, name), name);
  }

  @Test
  void built_in_types_are_known_by_their_catalog_names() {
    assertThat(catalog.builtinType("int4")).isTrue();
    assertThat(catalog.builtinType("_text")).isTrue();
    assertThat(catalog.builtinType("integer")).isFalse();
    assertThat(catalog.builtinType("pg_class")).isFalse();
  }

  @Test
  void casts_of_reviewed_extensions_are_no_user_casts_and_others_are() {
    assertThat(catalog.userCasts()).as("of citext").isFalse();
    CatalogServer other = CatalogServer.empty();
    other.run(
        """
        create type public.t as enum ('a');
        create cast (int as public.t) with inout
        """);
    assertThat(other.read().userCasts()).as("explicit and without a function").isFalse();
    other.run("create type public.u as enum ('a'); create cast (u as int) with inout as implicit");
    assertThat(other.read().userCasts()).isTrue();
  }

  @Test
  void an_event_trigger_of_somebody_is_code_on_definitions() {
    assertThat(catalog.codeOnDefine()).isFalse();
    CatalogServer other = CatalogServer.empty();
    other.run(
        """
        create function public.e() returns event_trigger language plpgsql as 'begin end';
        create event trigger e on ddl_command_start execute function public.e()
        """);
    assertThat(other.read().codeOnDefine()).isTrue();
  }

  @Test
  void the_same_database_gives_equal_contents_whatever_order_its_rows_have() {
    CatalogContent before = server.read().content();
    server.run("update pg_catalog.pg_proc set proname = proname where oid >= 16384");
    server.run("vacuum full pg_catalog.pg_depend; ");
    server.run("analyze");
    assertThat(server.read().content()).isEqualTo(before);
  }

  @Test
  void a_default_search_path_of_the_user_is_read() {
    CatalogServer other = CatalogServer.empty();
    other.run(
        "alter role gate in database "
            + other.name()
            + " set search_path = hr, \"Odd \"\"one\", \"$user\"");
    assertThat(other.read().defaultSearchPath()).containsExactly("hr", "Odd \"one", "$user");
  }

  @Test
  void temporary_tables_are_not_in_it() throws java.sql.SQLException {
    try (java.sql.Connection session = server.connect();
        java.sql.Statement statement = session.createStatement()) {
      statement.execute("create temporary table passing (a int)");
      assertThat(server.read().content().relations())
          .extracting(Relation::name)
          .doesNotContain("passing");
    }
  }

  @Test
  void a_hostile_search_path_does_not_change_what_is_read() {
    CatalogServer other = CatalogServer.empty();
    other.run(
        """
        create schema trap;
        create function trap.yes(oid, oid) returns boolean language sql as 'select true';
        create operator trap.= (leftarg = oid, rightarg = oid, function = trap.yes);
        create table trap.pg_class (x int);
        create table public.t (a int)
        """);
    CatalogContent before = other.read().content();
    other.run(
        "alter role gate in database "
            + other.name()
            + " set search_path = trap, pg_catalog; grant usage on schema trap to gate");
    CatalogContent after = other.read().content();
    assertThat(after.defaultSearchPath()).containsExactly("trap", "pg_catalog");
    assertThat(after.relations()).isEqualTo(before.relations());
    assertThat(after.routines()).isEqualTo(before.routines());
  }

  @Test
  void more_rows_than_the_bound_are_refused_with_a_reason() {
    CatalogReader small =
        new CatalogReader(CatalogServer.port(), Runnable::run, 100, CatalogServer.TIME);
    assertThatThrownBy(() -> CatalogServer.join(small.read(server.upstream(), false)))
        .hasMessageContaining("more than 100 rows");
  }

  @Test
  void every_name_of_the_content_is_unique() {
    assertThat(Set.copyOf(catalog.content().relations()))
        .hasSameSizeAs(catalog.content().relations());
  }
}
