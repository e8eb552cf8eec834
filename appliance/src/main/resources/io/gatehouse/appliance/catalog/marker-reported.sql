-- Exact: a row becomes visible together with the definition that it reports.
SELECT pg_catalog.concat_ws('/', 'reported', pg_catalog.count(*),
  pg_catalog.bit_xor(pg_catalog.hashint8extended(change::text::int8, 0)))
FROM gatehouse.catalog_change
