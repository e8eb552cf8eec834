-- Another value whenever a row of the catalog was added, removed or replaced: (oid, xmin) names a
-- row version. Counts guard against pairs that cancel out. Temporary objects are left out, as they
-- are in the catalog that the gate reads.
SELECT pg_catalog.concat_ws('/', 'fingerprint', pg_catalog.string_agg(
  pg_catalog.concat_ws(':', f.what, f.rows, f.bits), '/' ORDER BY f.what))
FROM (
  SELECT s.what, pg_catalog.count(*) AS rows,
    pg_catalog.bit_xor(pg_catalog.hashint8extended(
      (s.version::text::int8 << 32) | s.object::int8, s.part::int8)) AS bits
  FROM (
    SELECT 'class' AS what, oid AS object, 0 AS part, xmin AS version
      FROM pg_catalog.pg_class WHERE relpersistence <> 't' AND relkind <> 't'
    UNION ALL SELECT 'attribute', attrelid, attnum, xmin
      FROM pg_catalog.pg_attribute WHERE attrelid >= 16384 AND attnum > 0
        AND attrelid NOT IN (SELECT oid FROM pg_catalog.pg_class
                             WHERE relpersistence = 't' OR relkind = 't')
    UNION ALL SELECT 'attrdef', oid, 0, xmin
      FROM pg_catalog.pg_attrdef
      WHERE adrelid NOT IN (SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't')
    UNION ALL SELECT 'constraint', oid, 0, xmin
      FROM pg_catalog.pg_constraint
      WHERE conrelid NOT IN (SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't')
    UNION ALL SELECT 'index', indexrelid, 0, xmin
      FROM pg_catalog.pg_index
      WHERE indexrelid >= 16384 AND indrelid NOT IN (
        SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't' OR relkind = 't')
    UNION ALL SELECT 'trigger', oid, 0, xmin
      FROM pg_catalog.pg_trigger
      WHERE tgrelid NOT IN (SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't')
    UNION ALL SELECT 'inherits', inhrelid, inhseqno, xmin
      FROM pg_catalog.pg_inherits
      WHERE inhrelid NOT IN (SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't')
    UNION ALL SELECT 'type', oid, 0, xmin
      FROM pg_catalog.pg_type
      WHERE typnamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace
                                 WHERE pg_catalog.starts_with(nspname::text, 'pg_temp_'))
    UNION ALL SELECT 'enum', oid, 0, xmin
      FROM pg_catalog.pg_enum
      WHERE enumtypid NOT IN (SELECT oid FROM pg_catalog.pg_type WHERE typnamespace IN (
        SELECT oid FROM pg_catalog.pg_namespace
        WHERE pg_catalog.starts_with(nspname::text, 'pg_temp_')))
    UNION ALL SELECT 'namespace', oid, 0, xmin
      FROM pg_catalog.pg_namespace
      WHERE NOT (pg_catalog.starts_with(nspname::text, 'pg_temp_')
                 OR pg_catalog.starts_with(nspname::text, 'pg_toast'))
    UNION ALL SELECT 'proc', oid, 0, xmin FROM pg_catalog.pg_proc
    UNION ALL SELECT 'operator', oid, 0, xmin FROM pg_catalog.pg_operator
    UNION ALL SELECT 'opclass', oid, 0, xmin FROM pg_catalog.pg_opclass
    UNION ALL SELECT 'cast', oid, 0, xmin FROM pg_catalog.pg_cast
    UNION ALL SELECT 'range', rngtypid, 0, xmin FROM pg_catalog.pg_range
    UNION ALL SELECT 'rewrite', oid, 0, xmin FROM pg_catalog.pg_rewrite
    UNION ALL SELECT 'policy', oid, 0, xmin FROM pg_catalog.pg_policy
    UNION ALL SELECT 'partitioned', partrelid, 0, xmin FROM pg_catalog.pg_partitioned_table
    UNION ALL SELECT 'statistics', oid, 0, xmin FROM pg_catalog.pg_statistic_ext
    UNION ALL SELECT 'extension', oid, 0, xmin FROM pg_catalog.pg_extension
    UNION ALL SELECT 'member', objid, (classid::int8 << 32) | refobjid::int8, xmin
      FROM pg_catalog.pg_depend WHERE deptype = 'e'
    UNION ALL SELECT 'wrapper', oid, 0, xmin FROM pg_catalog.pg_foreign_data_wrapper
    UNION ALL SELECT 'server', oid, 0, xmin FROM pg_catalog.pg_foreign_server
    UNION ALL SELECT 'foreign', ftrelid, 0, xmin FROM pg_catalog.pg_foreign_table
    UNION ALL SELECT 'event', oid, 0, xmin FROM pg_catalog.pg_event_trigger
    UNION ALL SELECT 'setting', setrole, setdatabase::int8, xmin
      FROM pg_catalog.pg_db_role_setting
  ) s GROUP BY s.what
) f
