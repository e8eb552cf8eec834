package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What it means that a session changes one of its settings. */
final class Settings {

  /** Those of which a session may choose the value without anybody else being concerned. */
  private static final Set<String> HARMLESS =
      Set.of(
          "application_name",
          "array_nulls",
          "bytea_output",
          "check_function_bodies",
          "client_min_messages",
          "cursor_tuple_fraction",
          "datestyle",
          "deadlock_timeout",
          "default_statistics_target",
          "default_table_access_method",
          "default_tablespace",
          "default_text_search_config",
          "default_toast_compression",
          "default_transaction_deferrable",
          "default_transaction_isolation",
          "default_transaction_read_only",
          "effective_cache_size",
          "effective_io_concurrency",
          "extra_float_digits",
          "force_parallel_mode",
          "from_collapse_limit",
          "gin_fuzzy_search_limit",
          "hash_mem_multiplier",
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "intervalstyle",
          "join_collapse_limit",
          "lc_messages",
          "lc_monetary",
          "lc_numeric",
          "lc_time",
          "lock_timeout",
          "maintenance_work_mem",
          "max_parallel_workers_per_gather",
          "parallel_leader_participation",
          "parallel_setup_cost",
          "parallel_tuple_cost",
          "plan_cache_mode",
          "quote_all_identifiers",
          "random_page_cost",
          "restrict_nonsystem_relation_kind",
          "seed",
          "seq_page_cost",
          "statement_timeout",
          "synchronize_seqscans",
          "synchronous_commit",
          "tcp_keepalives_count",
          "tcp_keepalives_idle",
          "tcp_keepalives_interval",
          "tcp_user_timeout",
          "temp_buffers",
          "timezone",
          "timezone_abbreviations",
          "transaction_deferrable",
          "transaction_isolation",
          "transaction_read_only",
          "transaction_timeout",
          "work_mem",
          "xmlbinary",
          "xmloption");

  private Settings() {}

  /**
   * @param values as the server will see them; absent for DEFAULT, RESET and what is not known
   */
  static void set(Findings findings, String name, Optional<List<String>> values) {
    String variable = name.toLowerCase(Locale.ROOT);
    findings.touches(operation(variable), Resource.Kind.SETTING, variable);
    switch (variable) {
      case "search_path" -> findings.leaves(Consequence.MOVES_NAMES);
      case "role", "session_authorization" -> {
        findings.trait(Trait.IDENTITY);
        findings.leaves(Consequence.RUNS_CODE);
      }
      case "client_encoding" -> require(variable, values, Set.of("utf8", "utf-8", "unicode"));
      case "standard_conforming_strings" ->
          require(variable, values, Set.of("on", "true", "yes", "1"));
      case "transform_null_equals" -> require(variable, values, Set.of("off", "false", "no", "0"));
      case "backslash_quote" ->
          require(variable, values, Set.of("safe_encoding", "off", "false", "no", "0"));
      default -> {}
    }
  }

  /** Those that the gate keeps at one value, to which DEFAULT leads too. */
  static boolean fixed(String name) {
    return Set.of("client_encoding", "standard_conforming_strings").contains(name);
  }

  /** Text would be read differently: the gate reads it in one way only. */
  private static void require(String variable, Optional<List<String>> values, Set<String> allowed) {
    boolean as =
        values
            .filter(given -> given.size() == 1)
            .map(given -> allowed.contains(given.getFirst().toLowerCase(Locale.ROOT)))
            .orElse(false);
    if (!as) {
      throw DoubtException.of(
          "the gate reads SQL with " + variable + " at its default only; leave it as it is");
    }
  }

  private static Operation operation(String variable) {
    boolean own =
        HARMLESS.contains(variable)
            || variable.startsWith("enable_")
            || variable.startsWith("jit")
            || variable.startsWith("geqo")
            || variable.startsWith("cpu_")
            || variable.indexOf('.') > 0;
    return switch (variable) {
      case "search_path", "client_encoding", "standard_conforming_strings" -> Operation.SESSION;
      case "transform_null_equals", "backslash_quote" -> Operation.SESSION;
      case "role", "session_authorization" -> Operation.GRANT;
      default -> own ? Operation.SESSION : Operation.ADMINISTER;
    };
  }

  /** All settings go back to where they were at login. */
  static void resetAll(Findings findings) {
    findings.touches(Operation.SESSION, Resource.Kind.SESSION);
    findings.leaves(Consequence.MOVES_NAMES);
  }
}
