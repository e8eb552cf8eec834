-- The type of every column as a result would describe it: a domain is what it is made of, as far down
-- as that goes, with the bounds that it says (getBaseTypeAndTypmod in lsyscache.c). Objects from
-- 16384 on did not come with the server.
WITH RECURSIVE made (domain, type, modifier) AS (
  SELECT oid, typbasetype, typtypmod FROM pg_catalog.pg_type WHERE typtype = 'd'
  UNION ALL
  SELECT m.domain, t.typbasetype, t.typtypmod
  FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.type WHERE t.typtype = 'd'
), base AS (
  SELECT m.domain, m.type, m.modifier
  FROM made m JOIN pg_catalog.pg_type t ON t.oid = m.type WHERE t.typtype <> 'd'
)
SELECT n.nspname::text, c.relname::text, a.attname::text,
  COALESCE(b.type, a.atttypid)::text, COALESCE(b.modifier, a.atttypmod)::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
LEFT JOIN base b ON b.domain = a.atttypid
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, 2, a.attnum
