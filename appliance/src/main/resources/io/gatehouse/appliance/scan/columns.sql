-- The columns of what holds rows of its own, and whether they can hold texts: types of the category of
-- strings, JSON and XML, arrays of these, and domains of all of them. Partitions are seen in what they
-- are partitions of. Objects from 16384 on did not come with the server.
WITH RECURSIVE made (domain, type) AS (
  SELECT oid, typbasetype FROM pg_catalog.pg_type WHERE typtype = 'd'
  UNION ALL
  SELECT m.domain, t.typbasetype
  FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.type WHERE t.typtype = 'd'
)
SELECT n.nspname::text, c.relname::text, a.attname::text,
  (e.typcategory = 'S' OR e.oid IN (114, 142, 3802))::text,
  GREATEST(c.reltuples, 0)::bigint::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
LEFT JOIN (made m JOIN pg_catalog.pg_type b ON b.oid = m.type AND b.typtype <> 'd')
  ON m.domain = a.atttypid
JOIN pg_catalog.pg_type t ON t.oid = COALESCE(b.oid, a.atttypid)
JOIN pg_catalog.pg_type e ON e.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
  AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, 2, a.attnum
