-- The marker, unless nothing at all was committed since the snapshot that is given. On a standby a
-- snapshot does not name the transactions that were running, so it proves nothing there.
SELECT pg_catalog.pg_current_snapshot()::text,
  CASE WHEN pg_catalog.pg_is_in_recovery()
      OR pg_catalog.pg_current_snapshot()::text <> '${snapshot}'
    THEN (${marker}) END,
  (${reporter})::text
