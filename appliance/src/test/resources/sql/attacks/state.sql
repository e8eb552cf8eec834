-- One value that changes when anything lasting does: rows, objects, rights, settings, sequences.
SELECT md5(concat_ws('|',
  (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM hr.customers t),
  (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM hr.orders t),
  (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM hr.part t),
  (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM pub.customers t),
  (SELECT string_agg(concat_ws(' ', relnamespace::regnamespace, relname, relkind, relowner, relacl, relfilenode,
                               relrowsecurity), ',' ORDER BY oid)
   FROM pg_class WHERE relnamespace::regnamespace::text NOT LIKE 'pg\_%'),
  (SELECT string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid, attnum, attisdropped), ',' ORDER BY attrelid, attnum)
   FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
   WHERE c.relnamespace::regnamespace::text IN ('hr', 'pub', 'evil', 'public')),
  (SELECT string_agg(concat_ws(' ', oid, pronamespace, proname, proowner, proacl, prosrc), ',' ORDER BY oid)
   FROM pg_proc WHERE pronamespace::regnamespace::text NOT LIKE 'pg\_%' AND pronamespace::regnamespace::text <> 'information_schema'),
  (SELECT string_agg(concat_ws(' ', oid, typname, typnamespace), ',' ORDER BY oid)
   FROM pg_type WHERE typnamespace::regnamespace::text IN ('hr', 'pub', 'evil', 'public')),
  (SELECT string_agg(concat_ws(' ', oid, nspname, nspowner, nspacl), ',' ORDER BY oid)
   FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%'),
  (SELECT string_agg(concat_ws(' ', rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication), ',' ORDER BY oid) FROM pg_roles),
  (SELECT string_agg(s::text, ',' ORDER BY s::text) FROM pg_db_role_setting s),
  (SELECT string_agg(e.extname, ',' ORDER BY e.oid) FROM pg_extension e),
  (SELECT string_agg(d::text, ',' ORDER BY d::text) FROM pg_description d WHERE d.objoid >= 16384),
  (SELECT string_agg(concat_ws(' ', t.oid, tgrelid::regclass, tgname), ',' ORDER BY t.oid) FROM pg_trigger t),
  (SELECT string_agg(concat_ws(' ', r.oid, ev_class::regclass, rulename), ',' ORDER BY r.oid) FROM pg_rewrite r),
  (SELECT string_agg(concat_ws(' ', o.oid, oprname), ',' ORDER BY o.oid) FROM pg_operator o WHERE o.oid >= 16384),
  (SELECT string_agg(concat_ws(' ', schemaname, sequencename, last_value), ',' ORDER BY schemaname, sequencename) FROM pg_sequences),
  (SELECT count(*) FROM pg_largeobject_metadata),
  (SELECT count(*) FROM pg_prepared_xacts)));
