SELECT pg_catalog.current_setting('search_path'),
  pg_catalog.current_setting('server_version_num'),
  pg_catalog.current_database()::text,
  current_user::text
