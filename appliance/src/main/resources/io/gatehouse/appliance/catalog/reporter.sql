-- Whether event-trigger.sql is installed, as we ship it, and out of reach of the gate's own user.
SELECT pg_catalog.count(DISTINCT t.evtevent) = 2
FROM pg_catalog.pg_event_trigger t
JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relowner = t.evtowner
WHERE n.nspname = 'gatehouse' AND p.proname = 'catalog_changed' AND c.relname = 'catalog_change'
  AND p.proowner = t.evtowner AND p.prosecdef AND t.evtenabled = 'A' AND t.evttags IS NULL
  AND t.evtevent IN ('ddl_command_end', 'sql_drop')
  AND pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(p.prosrc, 'UTF8')), 'hex')
    = '${reporter}'
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
  AND NOT pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
