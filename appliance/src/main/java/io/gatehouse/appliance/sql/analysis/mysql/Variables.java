package io.gatehouse.appliance.sql.analysis.mysql;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reviewed lists of what a session may set for itself. What is on none of them, an
 * administrator sets.
 */
final class Variables {

  /** What it means to set one. */
  enum Meaning {
    /** Nobody else is concerned, and nothing is read or shown in another way. */
    HARMLESS,
    /** The gate asks the server anew how the session reads and what names mean. */
    READING,
    /** The open transaction may end with it. */
    TRANSACTION,
    /** The session's results or notes show more than its statements say. */
    DISCLOSES,
    /** The gate could not follow what the session does. */
    REFUSED,
    ADMINISTRATION
  }

  private static final Set<String> READING =
      words(
          """
          sql_mode character_set_client character_set_connection character_set_results
          character_set_database character_set_server character_set_filesystem
          collation_connection collation_database collation_server
          default_collation_for_utf8mb4 character_set_collations sql_quote_show_create
          """);

  private static final Set<String> REFUSED = words("resultset_metadata");

  private static final Set<String> DISCLOSES =
      words(
          "optimizer_trace optimizer_trace_features optimizer_trace_limit optimizer_trace_offset");

  /** Waiting, sizes of buffers, plans, formats, notes. */
  private static final Set<String> HARMLESS =
      words(
          """
          auto_increment_increment auto_increment_offset big_tables block_encryption_mode
          bulk_insert_buffer_size completion_type connection_memory_chunk_size
          cte_max_recursion_depth default_storage_engine default_tmp_storage_engine
          default_week_format deadlock_search_depth_long deadlock_search_depth_short
          deadlock_timeout_long deadlock_timeout_short div_precision_increment
          end_markers_in_json eq_range_index_dive_limit expensive_subquery_limit
          generated_random_password_length group_concat_max_len histogram_generation_max_mem_size
          histogram_size histogram_type identity idle_readonly_transaction_timeout
          idle_transaction_timeout idle_write_transaction_timeout in_predicate_conversion_threshold
          information_schema_stats_expiry innodb_ft_enable_stopword innodb_lock_wait_timeout
          innodb_strict_mode innodb_table_locks interactive_timeout internal_tmp_mem_storage_engine
          join_buffer_size join_buffer_space_limit join_cache_level last_insert_id lc_messages
          lc_time_names lock_wait_timeout log_slow_filter log_slow_query_time log_slow_rate_limit
          log_slow_verbosity long_query_time low_priority_updates max_allowed_packet max_error_count
          max_execution_time max_heap_table_size max_join_size max_length_for_sort_data
          max_points_in_geometry max_recursive_iterations max_rowid_filter_size max_seeks_for_key
          max_session_mem_used max_sort_length max_sp_recursion_depth max_statement_time
          max_tmp_tables min_examined_row_limit mrr_buffer_size net_buffer_length net_read_timeout
          net_retry_count net_write_timeout new note_verbosity parser_max_mem_size
          preload_buffer_size print_identified_with_as_hex profiling profiling_history_size
          progress_report_time query_alloc_block_size query_cache_strip_comments query_cache_type
          query_cache_wlock_invalidate query_prealloc_size rand_seed1 rand_seed2
          range_alloc_block_size range_optimizer_max_mem_size read_buffer_size read_rnd_buffer_size
          rowid_merge_buff_size select_into_buffer_size select_into_disk_sync
          select_into_disk_sync_delay session_track_gtids session_track_schema
          session_track_state_change session_track_system_variables session_track_transaction_info
          show_create_table_skip_secondary_engine show_create_table_verbosity
          show_gipk_in_create_table_and_information_schema sort_buffer_size
          sql_auto_is_null sql_big_selects sql_buffer_result sql_max_join_size sql_notes
          sql_safe_updates sql_select_limit sql_warnings standard_compliant_cte storage_engine
          subquery_cache_size terminology_use_previous thread_pool_priority
          time_zone tmp_disk_table_size tmp_memory_table_size tmp_table_size
          transaction_alloc_block_size transaction_isolation transaction_prealloc_size
          transaction_read_only tx_isolation tx_read_only updatable_views_with_limit
          use_stat_tables wait_timeout windowing_use_high_precision wsrep_sync_wait
          """);

  private Variables() {}

  private static Set<String> words(String text) {
    return Stream.of(text.split("\\s+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What it means that a session sets it for itself. */
  static Meaning of(String name) {
    if (READING.contains(name)) {
      return Meaning.READING;
    }
    if (REFUSED.contains(name)) {
      return Meaning.REFUSED;
    }
    if (DISCLOSES.contains(name)) {
      return Meaning.DISCLOSES;
    }
    if (name.equals("autocommit")) {
      return Meaning.TRANSACTION;
    }
    boolean plans = name.startsWith("optimizer_") && !name.startsWith("optimizer_trace");
    return plans || HARMLESS.contains(name) ? Meaning.HARMLESS : Meaning.ADMINISTRATION;
  }
}
