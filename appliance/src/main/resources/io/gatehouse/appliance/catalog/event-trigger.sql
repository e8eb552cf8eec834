-- Lets the gate see definitions that do not pass through it as soon as they are committed.
-- Optional. Run it once in each database, as a superuser (an event trigger needs one), with
--   psql --set=ON_ERROR_STOP=1 --single-transaction --file=event-trigger.sql
-- To take it out again: DROP SCHEMA gatehouse CASCADE.
--
-- One row for each transaction that has defined something: it becomes visible when, and only when,
-- the definition does. The gate's own user must not be able to write the table; otherwise the gate
-- does not rely on it.

CREATE SCHEMA gatehouse;
REVOKE ALL ON SCHEMA gatehouse FROM PUBLIC;
GRANT USAGE ON SCHEMA gatehouse TO PUBLIC;

CREATE TABLE gatehouse.catalog_change (
  change pg_catalog.xid8 PRIMARY KEY,
  at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
REVOKE ALL ON gatehouse.catalog_change FROM PUBLIC;
GRANT SELECT ON gatehouse.catalog_change TO PUBLIC;

CREATE FUNCTION gatehouse.catalog_changed() RETURNS pg_catalog.event_trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $gatehouse$
BEGIN
  -- Temporary objects are their session's own affair.
  IF TG_EVENT = 'sql_drop' THEN
    IF NOT EXISTS (SELECT FROM pg_event_trigger_dropped_objects() o WHERE NOT o.is_temporary) THEN
      RETURN;
    END IF;
  ELSIF starts_with(TG_TAG, 'DROP ') AND TG_TAG <> 'DROP OWNED' THEN
    RETURN; -- reported as sql_drop
  ELSIF EXISTS (SELECT FROM pg_event_trigger_ddl_commands())
      AND NOT EXISTS (SELECT FROM pg_event_trigger_ddl_commands() c
                      WHERE c.schema_name IS DISTINCT FROM 'pg_temp') THEN
    RETURN;
  END IF;
  INSERT INTO gatehouse.catalog_change (change) VALUES (pg_current_xact_id())
    ON CONFLICT DO NOTHING;
  -- Few at a time and never waiting, so that definitions do not wait for each other here.
  DELETE FROM gatehouse.catalog_change c WHERE c.change IN (
    SELECT o.change FROM gatehouse.catalog_change o WHERE o.at < now() - interval '7 days'
    LIMIT 10 FOR UPDATE SKIP LOCKED);
  PERFORM pg_notify('gatehouse_catalog', '');
END
$gatehouse$;
REVOKE ALL ON FUNCTION gatehouse.catalog_changed() FROM PUBLIC;

CREATE EVENT TRIGGER gatehouse_catalog_end ON ddl_command_end
  EXECUTE FUNCTION gatehouse.catalog_changed();
CREATE EVENT TRIGGER gatehouse_catalog_drop ON sql_drop
  EXECUTE FUNCTION gatehouse.catalog_changed();
-- Also for sessions with session_replication_role = replica, as those that apply replication.
ALTER EVENT TRIGGER gatehouse_catalog_end ENABLE ALWAYS;
ALTER EVENT TRIGGER gatehouse_catalog_drop ENABLE ALWAYS;
