package io.gatehouse.appliance.catalog.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinsTest {

  @ParameterizedTest
  @CsvSource({
    "lower, PURE",
    "count, PURE",
    "gen_random_uuid, VOLATILE_HARMLESS",
    "pg_sleep_for, SLEEPS",
    "current_setting, SYSTEM_DATA",
    "pg_get_viewdef, SYSTEM_DATA",
    "pg_stat_get_activity, ROW_DATA",
    "table_to_xml, ROW_DATA",
    "query_to_xml, DYNAMIC_SQL",
    "cursor_to_xml, DYNAMIC_SQL",
    "ts_stat, DYNAMIC_SQL",
    "ts_rewrite, DYNAMIC_SQL",
    "pg_input_is_valid, DYNAMIC_SQL",
    "set_config, SESSION_STATE",
    "pg_advisory_lock, LOCKS",
    "pg_advisory_unlock_all, VOLATILE_HARMLESS",
    "nextval, SEQUENCE_WRITE",
    "lo_get, LARGE_OBJECT",
    "lo_export, FILES",
    "pg_read_file, FILES",
    "pg_notify, NOTIFY",
    "pg_terminate_backend, DISTURBS",
    "pg_start_backup, ADMIN",
    "pg_logical_emit_message, REPLICATION",
    "binary_upgrade_create_empty_extension, IMPORTS_CATALOG",
    "int4in, INTERNAL",
    "RI_FKey_check_ins, INTERNAL"
  })
  void a_function_has_its_effect(String name, Effect effect) {
    assertThat(Builtins.of(name)).as(name).contains(effect);
  }

  @Test
  void a_name_that_is_not_on_the_list_is_unknown() {
    assertThat(Builtins.of("sd_leak")).isNull();
    assertThat(Builtins.of("LOWER")).isNull();
    assertThat(Builtins.of("information_schema._pg_expandarray")).isNotNull();
    assertThat(Builtins.of("information_schema", "_pg_expandarray")).isNotNull();
    assertThat(Builtins.of("public", "lower")).isNull();
    assertThat(Builtins.relation("customers")).isNull();
    assertThat(Builtins.extension("nobody", "crosstab")).isNull();
    assertThat(Builtins.extension("tablefunc", "sd_leak")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "pg_class, SAFE_METADATA",
    "columns, SAFE_METADATA",
    "pg_stats, STATISTICS_WITH_DATA",
    "pg_stat_activity, OTHERS_SQL",
    "pg_authid, SECRETS",
    "user_mapping_options, SECRETS",
    "pg_largeobject, LARGE_OBJECTS",
    "pg_settings, SYSTEM"
  })
  void a_relation_has_its_sort(String name, SystemRelation sort) {
    assertThat(Builtins.relation(name)).isEqualTo(sort);
  }

  @Test
  void functions_of_extensions_have_theirs() {
    assertThat(Builtins.extension("tablefunc", "crosstab")).containsExactly(Effect.DYNAMIC_SQL);
    assertThat(Builtins.extension("dblink", "dblink"))
        .containsExactlyInAnyOrder(Effect.NETWORK, Effect.DYNAMIC_SQL);
    assertThat(Builtins.extension("xml2", "xpath_table")).containsExactly(Effect.DYNAMIC_SQL);
    assertThat(Builtins.extension("pg_trgm", "similarity")).containsExactly(Effect.PURE);
  }

  @Test
  void whatever_acts_is_not_called_pure() {
    Set<Effect> quiet = Set.of(Effect.PURE, Effect.VOLATILE_HARMLESS, Effect.SYSTEM_DATA);
    assertThat(Builtins.names())
        .filteredOn(name -> Objects.requireNonNull(Builtins.of(name)).contains(Effect.PURE))
        .allSatisfy(
            name -> assertThat(quiet).containsAll(Objects.requireNonNull(Builtins.of(name))));
  }

  @Test
  void a_name_that_is_twice_or_without_a_heading_is_an_error_of_the_list() {
    assertThatThrownBy(() -> ReviewedList.read("x", List.of("[PURE]", "a b", "[FILES]", "a")))
        .hasMessage("x: a is there twice");
    assertThatThrownBy(() -> ReviewedList.read("x", List.of("# only a comment", "a")))
        .hasMessage("x: a has no heading");
  }
}
