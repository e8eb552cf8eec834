package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.UpstreamPort;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which using a relation runs code, and those that only look like one. */
class RelationCodeIT {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v_code",
        "v_over_code",
        "v_operator",
        "v_dynamic",
        "v_crosstab",
        "v_secured",
        "secured",
        "secured_through",
        "by_code",
        "checked",
        "expression_index",
        "partial_index",
        "expression_statistics",
        "planned",
        "near"
      })
  void reading_it_runs_code(String name) {
    assertThat(relation(name).codeOnRead()).isTrue();
  }

  @Test
  void planning_a_read_does_run_the_code_of_an_index() {
    assertThatThrownBy(
            () ->
                CatalogServer.join(
                    CatalogServer.port()
                        .run(
                            server.upstream(),
                            new UpstreamPort.Statement(
                                "select a from hr.planned", 1, CatalogServer.TIME))))
        .hasMessageContaining("P0001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customers",
        "v_old",
        "v_over",
        "v_whole",
        "v_trigram",
        "v_setting",
        "v_passwords",
        "m_code",
        "triggered",
        "v_triggered",
        "secured_plain",
        "generated",
        "with_plain_types",
        "with_domain",
        "part",
        "far"
      })
  void reading_it_runs_no_code(String name) {
    assertThat(relation(name).codeOnRead()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "triggered",
        "v_triggered",
        "parent_of_triggered",
        "split",
        "split_1",
        "by_code",
        "by_code_1",
        "ruled",
        "secured",
        "defaulted",
        "generated",
        "checked",
        "default_dynamic",
        "expression_index",
        "partial_index",
        "conditional",
        "with_domain",
        "with_composite",
        "with_array",
        "m_code",
        "v_code",
        "near"
      })
  void writing_it_runs_code(String name) {
    assertThat(relation(name).codeOnWrite()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customers",
        "orders",
        "v_old",
        "part",
        "touched",
        "generated_plain",
        "trigram_index",
        "with_plain_types",
        "secured_plain",
        "far"
      })
  void writing_it_runs_no_code(String name) {
    assertThat(relation(name).codeOnWrite()).isFalse();
  }

  @Test
  void what_an_owner_adds_to_a_reviewed_extension_is_still_his_own() {
    CatalogServer other = CatalogServer.empty();
    other.run(
        """
        create role owner_of_%1$s login;
        grant all on database %1$s to owner_of_%1$s;
        grant all on schema public to owner_of_%1$s;
        set role owner_of_%1$s;
        create extension pg_trgm;
        create function public.similarity(x int) returns int language plpgsql immutable
          as 'begin return x; end';
        create operator public.%%%% (leftarg = int, rightarg = int, function = pg_catalog.int4pl);
        create operator public.%%%%%% (rightarg = int, function = public.similarity);
        create domain public.d as int check (public.similarity(value) = 1);
        alter extension pg_trgm add function public.similarity(int);
        alter extension pg_trgm add operator public.%%%%%% (none, int);
        alter extension pg_trgm add domain public.d;
        create table t (a int);
        create view v as select public.similarity(a) from t;
        create view w as select public.similarity(a::text, 'x') from t
        """
            .formatted(other.name()));
    Catalog found = other.read();
    assertThat(found.routines("public", "similarity"))
        .extracting(Routine::extension)
        .containsExactlyInAnyOrder("", "pg_trgm");
    assertThat(found.userOperator("public", "%%")).isTrue();
    assertThat(found.userOperator("public", "%%%")).isTrue();
    assertThat(found.type("public", "d")).matches(type -> type != null && type.codeOnUse());
    assertThat(found.relation("public", "v")).matches(view -> view != null && view.codeOnRead());
    assertThat(found.relation("public", "w")).matches(view -> view != null && !view.codeOnRead());
  }
}
