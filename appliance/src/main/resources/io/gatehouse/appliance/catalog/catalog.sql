-- Everything the gate knows of a database, in one statement and so of one moment. Each row is the
-- name of its section and an array of fields. Numbers of catalogs: 1247 pg_type, 1255 pg_proc,
-- 1259 pg_class, 2328 pg_foreign_data_wrapper, 2601 pg_am, 2604 pg_attrdef, 2606 pg_constraint,
-- 2616 pg_opclass, 2617 pg_operator, 2618 pg_rewrite, 2620 pg_trigger, 2753 pg_opfamily,
-- 3256 pg_policy, 3381 pg_statistic_ext. Objects from 16384 on did not come with the server.
WITH space AS MATERIALIZED (
  SELECT oid, nspname FROM pg_catalog.pg_namespace
  WHERE NOT (pg_catalog.starts_with(nspname::text, 'pg_temp_')
             OR pg_catalog.starts_with(nspname::text, 'pg_toast'))
), relation AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.relam
  FROM pg_catalog.pg_class c JOIN space n ON n.oid = c.relnamespace
  WHERE c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I', 'c')
), tree AS (
  SELECT 2618 AS class, r.oid, pg_catalog.concat(r.ev_action::text, r.ev_qual::text) AS body
    FROM pg_catalog.pg_rewrite r JOIN relation c ON c.oid = r.ev_class WHERE r.oid >= 16384
  UNION ALL SELECT 3256, oid, pg_catalog.concat(polqual::text, polwithcheck::text)
    FROM pg_catalog.pg_policy
  UNION ALL SELECT 2606, oid, conbin::text
    FROM pg_catalog.pg_constraint WHERE oid >= 16384 AND contype = 'c'
  UNION ALL SELECT 2604, oid, adbin::text FROM pg_catalog.pg_attrdef
  UNION ALL SELECT 1259, indexrelid, pg_catalog.concat(indexprs::text, indpred::text)
    FROM pg_catalog.pg_index WHERE indexprs IS NOT NULL OR indpred IS NOT NULL
  UNION ALL SELECT 1259, partrelid, partexprs::text
    FROM pg_catalog.pg_partitioned_table WHERE partexprs IS NOT NULL
  UNION ALL SELECT 2620, oid, tgqual::text
    FROM pg_catalog.pg_trigger WHERE tgqual IS NOT NULL
  UNION ALL SELECT 3381, oid, stxexprs::text
    FROM pg_catalog.pg_statistic_ext WHERE stxexprs IS NOT NULL
  UNION ALL SELECT 1247, oid, typdefaultbin::text
    FROM pg_catalog.pg_type WHERE typdefaultbin IS NOT NULL
), found AS (
  SELECT t.class, t.oid, pg_catalog.strpos(t.body, ':varattno 0 ') > 0 AS whole,
    ARRAY(SELECT DISTINCT m[1] FROM pg_catalog.regexp_matches(
      t.body, ':(?:funcid|opfuncid|aggfnoid|winfnoid) ([0-9]+)', 'g') m) AS functions,
    CASE WHEN t.class = 2618 THEN ARRAY(SELECT DISTINCT m[1] FROM pg_catalog.regexp_matches(
      t.body, ':relid ([0-9]+)', 'g') m) END AS relations
  FROM tree t
)
SELECT 'session', ARRAY[pg_catalog.current_setting('search_path'),
  pg_catalog.current_database()::text, current_user::text]::text
UNION ALL SELECT 'marker', ARRAY[pg_catalog.pg_current_snapshot()::text,
  (${marker}), (${reporter})::text]::text
UNION ALL SELECT 'schema', ARRAY[nspname::text,
    pg_catalog.has_schema_privilege(oid, 'USAGE')::text]::text FROM space
UNION ALL SELECT 'relation', ARRAY[c.oid::text, c.nspname::text, c.relname::text,
    c.relkind::text, c.relam::text, a.names, a.types]::text
  FROM relation c LEFT JOIN LATERAL (
    SELECT pg_catalog.array_agg(CASE WHEN a.attisdropped THEN NULL ELSE a.attname::text END
        ORDER BY a.attnum)::text AS names,
      pg_catalog.array_agg(a.atttypid::text ORDER BY a.attnum)::text AS types
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
  ) a ON c.relkind NOT IN ('i', 'I')
UNION ALL SELECT 'view', ARRAY[c.oid::text, pg_catalog.pg_get_viewdef(c.oid)]::text
  FROM relation c WHERE c.relkind IN ('v', 'm') AND c.oid >= 16384
UNION ALL SELECT 'computed', ARRAY[d.adrelid::text, d.adnum::text, p.refobjsubid::text]::text
  FROM pg_catalog.pg_attrdef d
  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  JOIN pg_catalog.pg_depend p ON p.refclassid = 1259 AND p.refobjid = d.adrelid
    AND p.refobjsubid > 0 AND p.refobjsubid <> d.adnum
    AND (p.classid = 2604 AND p.objid = d.oid
      OR p.classid = 1259 AND p.objid = d.adrelid AND p.objsubid = d.adnum)
  WHERE a.attgenerated <> ''
UNION ALL SELECT 'type', ARRAY[t.oid::text, n.nspname::text, t.typname::text, t.typtype::text,
    t.typelem::text, t.typbasetype::text, t.typrelid::text, t.typcategory::text,
    r.rngsubtype::text]::text
  FROM pg_catalog.pg_type t JOIN space n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_range r ON t.oid IN (r.rngtypid, r.rngmultitypid)
  WHERE t.typisdefined
UNION ALL SELECT 'labels', ARRAY[enumtypid::text,
    pg_catalog.array_agg(enumlabel::text ORDER BY enumsortorder)::text]::text
  FROM pg_catalog.pg_enum GROUP BY enumtypid
UNION ALL SELECT 'builtin', ARRAY[p.oid::text, n.nspname::text, p.proname::text]::text
  FROM pg_catalog.pg_proc p JOIN space n ON n.oid = p.pronamespace WHERE p.oid < 16384
UNION ALL SELECT 'routine', ARRAY[p.oid::text, n.nspname::text, p.proname::text, p.prokind::text,
    p.provolatile::text, l.lanname::text, p.prosecdef::text,
    CASE WHEN l.lanname = 'internal' THEN p.prosrc END,
    (l.lanname = 'c' OR p.proowner IN (
      SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolsuper))::text]::text
  FROM pg_catalog.pg_proc p JOIN space n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.oid >= 16384
UNION ALL SELECT 'operator', ARRAY[o.oid::text, n.nspname::text, o.oprname::text,
    o.oprcode::oid::text]::text
  FROM pg_catalog.pg_operator o JOIN space n ON n.oid = o.oprnamespace WHERE o.oid >= 16384
UNION ALL SELECT 'cast', ARRAY[oid::text, castfunc::text, castcontext::text,
    castmethod::text]::text
  FROM pg_catalog.pg_cast WHERE oid >= 16384
UNION ALL SELECT 'member', ARRAY[d.classid::text, d.objid::text, e.extname::text]::text
  FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
  WHERE d.deptype = 'e' AND d.refclassid = 3079 AND d.objid >= 16384
UNION ALL SELECT 'rule', ARRAY[r.oid::text, r.ev_class::text, r.ev_type::text,
    r.rulename::text]::text
  FROM pg_catalog.pg_rewrite r JOIN relation c ON c.oid = r.ev_class WHERE r.oid >= 16384
UNION ALL SELECT 'trigger', ARRAY[t.oid::text, t.tgrelid::text, t.tgfoid::text]::text
  FROM pg_catalog.pg_trigger t JOIN relation c ON c.oid = t.tgrelid
  WHERE t.tgfoid >= 16384 OR t.tgqual IS NOT NULL
UNION ALL SELECT 'policy', ARRAY[oid::text, polrelid::text]::text FROM pg_catalog.pg_policy
UNION ALL SELECT 'secured', ARRAY[p.polrelid::text, d.refobjid::text,
    CASE WHEN pg_catalog.strpos(pg_catalog.concat(p.polqual::text, p.polwithcheck::text),
      ':varattno 0 ') > 0 THEN '0' ELSE d.refobjsubid::text END]::text
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class c ON c.oid = p.polrelid AND c.relrowsecurity
  JOIN pg_catalog.pg_depend d ON d.classid = 3256 AND d.objid = p.oid AND d.refclassid = 1259
  WHERE d.refobjsubid > 0 OR d.refobjid <> p.polrelid
    OR pg_catalog.strpos(pg_catalog.concat(p.polqual::text, p.polwithcheck::text),
      ':varattno 0 ') > 0
UNION ALL SELECT 'key', ARRAY[conrelid::text, conkey::text, conrelid::text, conkey::text,
    'false']::text
  FROM pg_catalog.pg_constraint
  WHERE contype IN ('c', 'x') AND (pg_catalog.cardinality(conkey) > 1 OR 0 = ANY (conkey))
    AND oid >= 16384
UNION ALL SELECT 'key', ARRAY[conrelid::text, conkey::text, confrelid::text, confkey::text,
    'false']::text
  FROM pg_catalog.pg_constraint WHERE contype = 'f' AND oid >= 16384
UNION ALL SELECT 'key', ARRAY[confrelid::text, confkey::text, conrelid::text, conkey::text,
    'true']::text
  FROM pg_catalog.pg_constraint WHERE contype = 'f' AND oid >= 16384
UNION ALL SELECT 'key', ARRAY[i.indrelid::text, k.columns::text, i.indrelid::text,
    k.columns::text, 'false']::text
  FROM pg_catalog.pg_index i, LATERAL (
    SELECT pg_catalog.array_agg(DISTINCT number) AS columns FROM (
      SELECT pg_catalog.unnest(i.indkey::int2[])::int4 AS number
      UNION ALL SELECT d.refobjsubid FROM pg_catalog.pg_depend d
        WHERE d.classid = 1259 AND d.objid = i.indexrelid AND d.refclassid = 1259
          AND d.refobjid = i.indrelid AND d.refobjsubid > 0) n WHERE number > 0) k
  WHERE i.indisunique AND i.indexrelid >= 16384 AND pg_catalog.cardinality(k.columns) > 1
UNION ALL SELECT 'constraint', ARRAY[oid::text, conrelid::text, contypid::text, contype::text,
    confrelid::text, confupdtype::text, confdeltype::text]::text
  FROM pg_catalog.pg_constraint WHERE oid >= 16384 AND contype IN ('c', 'f', 'x')
UNION ALL SELECT 'default', ARRAY[d.oid::text, d.adrelid::text, a.attgenerated::text]::text
  FROM pg_catalog.pg_attrdef d
  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
UNION ALL SELECT 'index', ARRAY[indexrelid::text, indrelid::text]::text
  FROM pg_catalog.pg_index WHERE indexrelid >= 16384
UNION ALL SELECT 'statistics', ARRAY[oid::text, stxrelid::text]::text
  FROM pg_catalog.pg_statistic_ext WHERE stxexprs IS NOT NULL
UNION ALL SELECT 'inherits', ARRAY[inhrelid::text, inhparent::text]::text
  FROM pg_catalog.pg_inherits
UNION ALL SELECT 'foreign', ARRAY[f.ftrelid::text, s.srvfdw::text]::text
  FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
UNION ALL SELECT 'event', ARRAY[oid::text, evtfoid::text, (evtfoid IN (
    SELECT p.oid FROM pg_catalog.pg_proc p JOIN space n ON n.oid = p.pronamespace
    WHERE n.nspname = 'gatehouse' AND p.proname = 'catalog_changed'
      AND pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(p.prosrc, 'UTF8')), 'hex')
        = '${reporter-source}'))::text]::text
  FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D'
UNION ALL SELECT 'depend', ARRAY[classid::text, objid::text, refclassid::text, refobjid::text,
    refobjsubid::text]::text
  FROM pg_catalog.pg_depend
  WHERE deptype IN ('n', 'a', 'i') AND objid >= 16384 AND (
    classid IN (2618, 3256) AND refclassid = 1259
    OR classid IN (1247, 1259, 2604, 2606, 2616, 2617, 2618, 2620, 3256, 3381)
      AND refobjid >= 16384 AND refclassid IN (1255, 2601, 2616, 2617, 2753)
    OR classid IN (2604, 2606, 2618, 2620, 3256, 3381)
      AND refobjid >= 16384 AND refclassid = 1247)
UNION ALL SELECT 'tree', ARRAY[class::text, oid::text, whole::text, functions::text,
    relations::text]::text
  FROM found
  WHERE class = 2618 OR functions <> '{}'
