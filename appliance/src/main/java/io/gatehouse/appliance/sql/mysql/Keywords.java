package io.gatehouse.appliance.sql.mysql;

import java.util.Map;
import java.util.Set;

/**
 * The server's keywords: which of them cannot be names, and which can, but name no function. Taken
 * from MySQL 8.0.15 and MariaDB 11.4.5 by asking them; what became of MySQL's since then is added
 * by version.
 */
final class Keywords {
  private static final Set<String> RESERVED =
      words(
          """
          accessible add all alter analyze and as asc asensitive before between bigint binary blob
          both by call cascade case change char character check collate column condition constraint
          continue convert create cross cube current_date current_time current_timestamp current_user
          cursor databases day_hour day_microsecond day_minute day_second dec decimal declare default
          delayed delete desc describe deterministic distinct distinctrow div double drop dual each
          else elseif enclosed escaped except exists exit explain false fetch float float4 float8 for
          force foreign from fulltext grant group having high_priority hour_microsecond hour_minute
          hour_second if ignore in index infile inner inout insensitive insert int int1 int2 int3 int4
          int8 integer interval into is iterate join key keys kill leading leave left like limit
          linear lines load localtime localtimestamp lock long longblob longtext loop low_priority
          match maxvalue mediumblob mediumint mediumtext middleint minute_microsecond minute_second
          mod modifies natural no_write_to_binlog not null numeric on optimize optionally or order out
          outer outfile over partition precision primary procedure purge range read read_write reads
          real recursive references regexp release rename repeat replace require resignal restrict
          return revoke right rlike row_number rows schemas second_microsecond select sensitive
          separator set show signal smallint spatial specific sql sql_big_result sql_calc_found_rows
          sql_small_result sqlexception sqlstate sqlwarning ssl starting straight_join system table
          terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock
          unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar
          varcharacter varying when where while window with write xor year_month zerofill
          """);

  private static final Set<String> RESERVED_BY_MYSQL =
      words(
          """
          cume_dist database dense_rank empty first_value function generated get grouping groups
          io_after_gtids io_before_gtids json_table lag last_value lateral lead nth_value ntile of
          optimizer_costs option percent_rank persist persist_only rank row schema stored virtual
          """);

  /** WINDOW may name a column there, but not everything that has a name. */
  private static final Set<String> RESERVED_BY_MARIADB =
      words(
          """
          current_role delete_domain_id do_domain_ids ignore_domain_ids intersect
          master_demote_to_replica master_demote_to_slave master_ssl_verify_server_cert offset
          page_checksum parse_vcol_expr portion ref_system_id returning sql_after_gtids
          sql_before_gtids stats_auto_recalc stats_persistent stats_sample_pages
          """);

  private static final Map<String, Integer> MYSQL_SINCE =
      Map.of(
          "intersect", 80031,
          "manual", 80400,
          "parallel", 80400,
          "qualify", 80400,
          "tablesample", 80400,
          "library", 90200);

  private static final Set<String> MYSQL_BEFORE_84 =
      Set.of("master_bind", "master_ssl_verify_server_cert");

  /** Names of columns and tables, but before a parenthesis neither a function nor anything else. */
  private static final Set<String> NO_FUNCTION =
      words(
          """
          any backup begin binlog bit bool boolean byte cache checksum close code comment commit
          compressed datetime deallocate do end enum exclude execute fixed flush following follows
          get_format global handler help host install json language local medium names national nchar
          no number nvarchar open options others owner parser port precedes preceding prepare remove
          repair reset restore role rollback savepoint security serial server session shutdown signed
          slave socket some soname sounds start stop text ties timestampadd timestampdiff truncate
          unbounded unicode uninstall upgrade user value wrapper xa
          """);

  private static final Set<String> NO_FUNCTION_OF_MYSQL =
      words(
          """
          account action active admin after against aggregate algorithm always at auto_increment
          autoextend_size avg_row_length block btree buckets cascaded catalog_name chain changed
          channel cipher class_origin client clone column_format column_name columns committed compact
          completion component compression concurrent connection consistent constraint_catalog
          constraint_name constraint_schema contains context cpu current cursor_name data datafile
          default_auth definer definition delay_key_write description diagnostics directory disable
          discard disk dumpfile duplicate dynamic enable encryption ends engine engines error errors
          escape event events every exchange expansion expire export extended extent_size fast faults
          fields file file_block_size filter first format found full general geometry
          get_master_public_key grants group_replication hash histogram history hosts identified
          ignore_server_ids import inactive indexes initial_size insert_method instance invisible
          invoker io io_thread ipc isolation issuer key_block_size last leaves less level list locked
          locks logfile logs master master_auto_position master_connect_retry master_delay
          master_heartbeat_period master_host master_log_file master_log_pos master_password
          master_port master_public_key_path master_retry_count master_server_id master_ssl
          master_ssl_ca master_ssl_capath master_ssl_cert master_ssl_cipher master_ssl_crl
          master_ssl_crlpath master_ssl_key master_tls_version master_user max_connections_per_hour
          max_queries_per_hour max_rows max_size max_updates_per_hour max_user_connections memory
          merge message_text migrate min_rows mode modify mutex mysql_errno name ndb ndbcluster nested
          never new next no_wait nodegroup none nowait nulls offset old one only optional ordinality
          organization pack_keys page partial partitioning partitions password path phase plugin
          plugin_dir plugins point preserve prev privileges process processlist profile profiles proxy
          query quick read_only rebuild recover redo_buffer_size redundant reference relay
          relay_log_file relay_log_pos relay_thread relaylog reload reorganize repeatable
          replicate_do_db replicate_do_table replicate_ignore_db replicate_ignore_table
          replicate_rewrite_db replicate_wild_do_table replicate_wild_ignore_table replication
          resource respect restart resume retain returned_sqlstate returns reuse rollup rotate routine
          row_count row_format rtree schedule schema_name secondary_engine secondary_load
          secondary_unload serializable share simple skip slow snapshot source sql_after_gtids
          sql_after_mts_gaps sql_before_gtids sql_thread srid stacked starts stats_auto_recalc
          stats_persistent stats_sample_pages status storage string subclass_origin subject
          subpartition subpartitions super suspend swaps switches table_checksum table_name tables
          tablespace temporary temptable than thread_priority transaction triggers type types
          uncommitted undefined undo_buffer_size undofile unknown until use_frm user_resources
          validation variables vcpu view visible wait warnings without work x509 xid xml
          """);

  private static final Set<String> NO_FUNCTION_OF_MARIADB =
      words(
          """
          checkpoint clob column_add column_create column_delete column_get examined function get id
          ignored lastval nextval option period raw replica replicas row rownum setval slaves stored
          varchar2
          """);

  private Keywords() {}

  private static Set<String> words(String block) {
    return Set.of(block.strip().split("\\s+"));
  }

  /**
   * Whether a word without quotes cannot be a name.
   *
   * @param word in lower case
   */
  static boolean reserved(String word, LexerSettings settings) {
    return RESERVED.contains(word)
        || switch (settings.flavour()) {
          case MYSQL -> reservedByMysql(word, settings.version());
          case MARIADB -> RESERVED_BY_MARIADB.contains(word);
        };
  }

  private static boolean reservedByMysql(String word, int version) {
    if (MYSQL_BEFORE_84.contains(word)) {
      return version < 80400;
    }
    return RESERVED_BY_MYSQL.contains(word)
        || MYSQL_SINCE.getOrDefault(word, Integer.MAX_VALUE) <= version;
  }

  /**
   * Whether a word without quotes may name a function that has no syntax of its own.
   *
   * @param word in lower case
   */
  static boolean namesFunction(String word, LexerSettings settings) {
    Set<String> own =
        switch (settings.flavour()) {
          case MYSQL -> NO_FUNCTION_OF_MYSQL;
          case MARIADB -> NO_FUNCTION_OF_MARIADB;
        };
    return !reserved(word, settings) && !NO_FUNCTION.contains(word) && !own.contains(word);
  }
}
