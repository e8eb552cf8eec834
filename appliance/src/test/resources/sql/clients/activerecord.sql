-- What activerecord 6.1.7.10 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET client_min_messages TO 'warning'

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET search_path TO public

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET standard_conforming_strings = on

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET intervalstyle = iso_8601

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET SESSION application_name TO 'activerecord|start'

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET SESSION statement_timeout TO 5000

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SET SESSION timezone TO 'UTC'

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SELECT t.oid, t.typname
FROM pg_type as t
WHERE t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'numeric', 'bool', 'timestamp', 'timestamptz')

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype
FROM pg_type as t
LEFT JOIN pg_range as r ON oid = rngtypid
WHERE
  t.typname IN ('int2', 'int4', 'int8', 'oid', 'float4', 'float8', 'text', 'varchar', 'char', 'name', 'bpchar', 'bool', 'bit', 'varbit', 'timestamptz', 'date', 'money', 'bytea', 'point', 'hstore', 'json', 'jsonb', 'cidr', 'inet', 'uuid', 'xml', 'tsvector', 'macaddr', 'citext', 'ltree', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'time', 'timestamp', 'numeric', 'interval')
  OR t.typtype IN ('r', 'e', 'd')
  OR t.typinput = 'array_in(cstring,oid,integer)'::regprocedure
  OR t.typelem != 0

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SHOW TIME ZONE

--# activerecord 6.1.7.10 | start | collected, PostgreSQL 15
SELECT 1

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relkind IN ('r','p')

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relkind IN ('r','v','m','p','f')

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT nspname
  FROM pg_namespace
 WHERE nspname !~ '^pg_.*'
   AND nspname NOT IN ('information_schema')
 ORDER by nspname;

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT current_schema

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT current_database()

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT datcollate FROM pg_database WHERE datname = current_database()

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT datctype FROM pg_database WHERE datname = current_database()

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT extname FROM pg_extension

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT installed_version IS NOT NULL FROM pg_available_extensions WHERE name = 'hstore'

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SHOW client_min_messages

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SHOW max_identifier_length

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'back_office'

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT a.attname, format_type(a.atttypid, a.atttypmod),
       pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod,
       c.collname, col_description(a.attrelid, a.attnum) AS comment
  FROM pg_attribute a
  LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum
  LEFT JOIN pg_type t ON a.atttypid = t.oid
  LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation
 WHERE a.attrelid = '"customer"'::regclass
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT distinct i.relname, d.indisunique, d.indkey, pg_get_indexdef(d.indexrelid), t.oid,
                pg_catalog.obj_description(i.oid, 'pg_class') AS comment
FROM pg_class t
INNER JOIN pg_index d ON t.oid = d.indrelid
INNER JOIN pg_class i ON d.indexrelid = i.oid
LEFT JOIN pg_namespace n ON n.oid = i.relnamespace
WHERE i.relkind IN ('i', 'I')
  AND d.indisprimary = 'f'
  AND t.relname = 'customer'
  AND n.nspname = ANY (current_schemas(false))
ORDER BY i.relname

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT a.attnum, a.attname
FROM pg_attribute a
WHERE a.attrelid = 16384
AND a.attnum IN (3)

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT a.attname
  FROM (
         SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx
           FROM pg_index
          WHERE indrelid = '"customer"'::regclass
            AND indisprimary
       ) i
  JOIN pg_attribute a
    ON a.attrelid = i.indrelid
   AND a.attnum = i.indkey[i.idx]
 ORDER BY i.idx

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT attr.attname, nsp.nspname, seq.relname
FROM pg_class      seq,
     pg_attribute  attr,
     pg_depend     dep,
     pg_constraint cons,
     pg_namespace  nsp
WHERE seq.oid           = dep.objid
  AND seq.relkind       = 'S'
  AND attr.attrelid     = dep.refobjid
  AND attr.attnum       = dep.refobjsubid
  AND attr.attrelid     = cons.conrelid
  AND attr.attnum       = cons.conkey[1]
  AND seq.relnamespace  = nsp.oid
  AND cons.contype      = 'p'
  AND dep.classid       = 'pg_class'::regclass
  AND dep.refobjid      = '"customer"'::regclass

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT attr.attname, nsp.nspname,
  CASE
    WHEN pg_get_expr(def.adbin, def.adrelid) !~* 'nextval' THEN NULL
    WHEN split_part(pg_get_expr(def.adbin, def.adrelid), '''', 2) ~ '.' THEN
      substr(split_part(pg_get_expr(def.adbin, def.adrelid), '''', 2),
             strpos(split_part(pg_get_expr(def.adbin, def.adrelid), '''', 2), '.')+1)
    ELSE split_part(pg_get_expr(def.adbin, def.adrelid), '''', 2)
  END
FROM pg_class       t
JOIN pg_attribute   attr ON (t.oid = attrelid)
JOIN pg_attrdef     def  ON (adrelid = attrelid AND adnum = attnum)
JOIN pg_constraint  cons ON (conrelid = adrelid AND adnum = conkey[1])
JOIN pg_namespace   nsp  ON (t.relnamespace = nsp.oid)
WHERE t.oid = '"customer"'::regclass
  AND cons.contype = 'p'
  AND pg_get_expr(def.adbin, def.adrelid) ~* 'nextval|uuid_generate'

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT t2.oid::regclass::text AS to_table, a1.attname AS column, a2.attname AS primary_key, c.conname AS name, c.confupdtype AS on_update, c.confdeltype AS on_delete, c.convalidated AS valid
FROM pg_constraint c
JOIN pg_class t1 ON c.conrelid = t1.oid
JOIN pg_class t2 ON c.confrelid = t2.oid
JOIN pg_attribute a1 ON a1.attnum = c.conkey[1] AND a1.attrelid = t1.oid
JOIN pg_attribute a2 ON a2.attnum = c.confkey[1] AND a2.attrelid = t2.oid
JOIN pg_namespace t3 ON c.connamespace = t3.oid
WHERE c.contype = 'f'
  AND t1.relname = 'customer'
  AND t3.nspname = ANY (current_schemas(false))
ORDER BY c.conname

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relname = 'customer' AND c.relkind IN ('r','p')

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT pg_catalog.obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class c
  LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = 'customer'
  AND c.relkind IN ('r','p')
  AND n.nspname = ANY (current_schemas(false))

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
            SELECT conname, pg_get_constraintdef(c.oid) AS constraintdef, c.convalidated AS valid
            FROM pg_constraint c
            JOIN pg_class t ON c.conrelid = t.oid
            WHERE c.contype = 'c'
              AND t.relname = 'customer'

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT COUNT(*)
FROM pg_class t
INNER JOIN pg_index d ON t.oid = d.indrelid
INNER JOIN pg_class i ON d.indexrelid = i.oid
LEFT JOIN pg_namespace n ON n.oid = i.relnamespace
WHERE i.relkind IN ('i', 'I')
  AND i.relname = 'x'
  AND t.relname = 'customer'
  AND n.nspname = ANY (current_schemas(false))

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT a.attnum, a.attname
FROM pg_attribute a
WHERE a.attrelid = 16421
AND a.attnum IN (2,4)

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT MAX("id") FROM "transaction"

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT setval('"public"."transaction_id_seq"', 5008, true)

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype
FROM pg_type as t
LEFT JOIN pg_range as r ON oid = rngtypid
WHERE t.oid IN (16450)

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT distinct i.relname, d.indisunique, d.indkey, pg_get_indexdef(d.indexrelid), t.oid,
                pg_catalog.obj_description(i.oid, 'pg_class') AS comment
FROM pg_class t
INNER JOIN pg_index d ON t.oid = d.indrelid
INNER JOIN pg_class i ON d.indexrelid = i.oid
LEFT JOIN pg_namespace n ON n.oid = i.relnamespace
WHERE i.relkind IN ('i', 'I')
  AND d.indisprimary = 'f'
  AND t.relname = 'note'
  AND n.nspname = 'back_office'
ORDER BY i.relname

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT t2.oid::regclass::text AS to_table, a1.attname AS column, a2.attname AS primary_key, c.conname AS name, c.confupdtype AS on_update, c.confdeltype AS on_delete, c.convalidated AS valid
FROM pg_constraint c
JOIN pg_class t1 ON c.conrelid = t1.oid
JOIN pg_class t2 ON c.confrelid = t2.oid
JOIN pg_attribute a1 ON a1.attnum = c.conkey[1] AND a1.attrelid = t1.oid
JOIN pg_attribute a2 ON a2.attnum = c.confkey[1] AND a2.attrelid = t2.oid
JOIN pg_namespace t3 ON c.connamespace = t3.oid
WHERE c.contype = 'f'
  AND t1.relname = 'note'
  AND t3.nspname = 'back_office'
ORDER BY c.conname

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'back_office' AND c.relname = 'note' AND c.relkind IN ('r','p')

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT pg_catalog.obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class c
  LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = 'note'
  AND c.relkind IN ('r','p')
  AND n.nspname = 'back_office'

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT MAX("id") FROM "back_office"."note"

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT seqmin FROM pg_sequence WHERE seqrelid = '"back_office"."note_id_seq"'::regclass

--# activerecord 6.1.7.10 | schema | collected, PostgreSQL 15
SELECT setval('"back_office"."note_id_seq"', 1, false)

--# activerecord 6.1.7.10 | schema dump | collected, PostgreSQL 15
SELECT c.relname FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relname = 'schema_migrations' AND c.relkind IN ('r','v','m','p','f')

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
DROP TABLE IF EXISTS "books" CASCADE

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
SELECT 'jsonb'::regtype::oid

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
CREATE TABLE "books" ("id" bigserial primary key, "title" character varying(40) NOT NULL, "doc" jsonb DEFAULT '{}', "tags" text[], "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
CREATE UNIQUE INDEX "index_books_on_title" ON "books" ("title")

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
CREATE TABLE "pages" ("id" bigserial primary key, "book_id" bigint, "text" text, CONSTRAINT "fk_rails_d8907839c8"
FOREIGN KEY ("book_id")
  REFERENCES "books" ("id")
 ON DELETE CASCADE)

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
CREATE INDEX "index_pages_on_book_id" ON "pages" ("book_id")

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
ALTER TABLE "books" ADD "price" decimal(10,2)

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
COMMENT ON COLUMN "books"."price" IS 'p'

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "title" TYPE text

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
UPDATE "books" SET "price"=0.0 WHERE "price" IS NULL

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "price" SET NOT NULL

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
ALTER TABLE "books" RENAME COLUMN "price" TO "cost"

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
CREATE INDEX CONCURRENTLY "index_books_on_cost_and_title" ON "books" ("cost", "title") WHERE cost > 0

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
ALTER TABLE "books" ADD CONSTRAINT cost_positive CHECK (cost >= 0)

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
ALTER TABLE "books" DROP COLUMN "tags"

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
CREATE TABLE "schema_migrations" ("version" character varying NOT NULL PRIMARY KEY)

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
SELECT pg_try_advisory_lock(1)

--# activerecord 6.1.7.10 | migration | collected, PostgreSQL 15
SELECT pg_advisory_unlock(1)

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
BEGIN

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
INSERT INTO "books" ("title", "created_at", "updated_at", "cost") VALUES ($1, $2, $3, $4) RETURNING "id"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
COMMIT

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
INSERT INTO "books" ("title","cost","created_at","updated_at") VALUES ('two', 2.0, '2026-11-21 14:23:43.823056', '2026-11-21 14:23:43.823057') ON CONFLICT  DO NOTHING RETURNING "id"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
INSERT INTO "books" ("title","cost","created_at","updated_at") VALUES ('two', 3.0, '2026-11-21 14:23:43.825593', '2026-11-21 14:23:43.825594') ON CONFLICT ("title") DO UPDATE SET "cost"=excluded."cost","created_at"=excluded."created_at","updated_at"=excluded."updated_at" RETURNING "id"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
INSERT INTO "pages" ("book_id", "text") VALUES ($1, $2) RETURNING "id"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" WHERE ("books"."title" IN ($1, $2) OR cost > 1) ORDER BY "books"."title" DESC LIMIT $3 OFFSET $4

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT DISTINCT "books".* FROM "books" INNER JOIN "pages" ON "pages"."book_id" = "books"."id" WHERE "pages"."text" = $1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books"."id" AS t0_r0, "books"."title" AS t0_r1, "books"."doc" AS t0_r2, "books"."created_at" AS t0_r3, "books"."updated_at" AS t0_r4, "books"."cost" AS t0_r5, "pages"."id" AS t1_r0, "pages"."book_id" AS t1_r1, "pages"."text" AS t1_r2 FROM "books" LEFT OUTER JOIN "pages" ON "pages"."book_id" = "books"."id"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "pages".* FROM "pages" WHERE "pages"."book_id" IN ($1, $2)

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT COUNT(*) AS count_all, "books"."title" AS books_title FROM "books" GROUP BY "books"."title" HAVING (count(*) > 0)

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT MAX("books"."cost") FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT AVG("books"."cost") FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT SUM("books"."cost") FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT 1 AS one FROM "books" WHERE "books"."title" = $1 LIMIT $2

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books"."id", "books"."title" FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" ORDER BY "books"."id" ASC LIMIT $1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" ORDER BY "books"."id" DESC LIMIT $1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" WHERE "books"."title" = $1 LIMIT $2

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" WHERE "books"."id" > $1 ORDER BY "books"."id" ASC LIMIT $2

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" WHERE "books"."id" = $1 LIMIT $2 FOR UPDATE

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
UPDATE "books" SET "title" = $1, "updated_at" = $2 WHERE "books"."id" = $3

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SAVEPOINT active_record_1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
UPDATE "books" SET "updated_at" = $1 WHERE "books"."id" = $2

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
RELEASE SAVEPOINT active_record_1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT COUNT(*) FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
UPDATE "books" SET cost = cost + 1 WHERE "books"."id" = $1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
EXPLAIN SELECT "books".* FROM "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
SELECT "books".* FROM "books" WHERE "books"."id" = $1 FOR UPDATE SKIP LOCKED

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
DELETE FROM "books" WHERE "books"."id" = $1

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
DELETE FROM "books" WHERE "books"."cost" BETWEEN $1 AND $2

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
select $1::int

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
ALTER TABLE "account" DISABLE TRIGGER ALL;ALTER TABLE "card" DISABLE TRIGGER ALL;ALTER TABLE "transaction" DISABLE TRIGGER ALL;ALTER TABLE "part" DISABLE TRIGGER ALL;ALTER TABLE "part_2025" DISABLE TRIGGER ALL;ALTER TABLE "customer" DISABLE TRIGGER ALL;ALTER TABLE "pgx_t" DISABLE TRIGGER ALL;ALTER TABLE "tokio_t" DISABLE TRIGGER ALL;ALTER TABLE "alembic_version" DISABLE TRIGGER ALL;ALTER TABLE "schema_migrations" DISABLE TRIGGER ALL;ALTER TABLE "pages" DISABLE TRIGGER ALL;ALTER TABLE "books" DISABLE TRIGGER ALL

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
ALTER TABLE "account" ENABLE TRIGGER ALL;ALTER TABLE "card" ENABLE TRIGGER ALL;ALTER TABLE "transaction" ENABLE TRIGGER ALL;ALTER TABLE "part" ENABLE TRIGGER ALL;ALTER TABLE "part_2025" ENABLE TRIGGER ALL;ALTER TABLE "customer" ENABLE TRIGGER ALL;ALTER TABLE "pgx_t" ENABLE TRIGGER ALL;ALTER TABLE "tokio_t" ENABLE TRIGGER ALL;ALTER TABLE "alembic_version" ENABLE TRIGGER ALL;ALTER TABLE "schema_migrations" ENABLE TRIGGER ALL;ALTER TABLE "pages" ENABLE TRIGGER ALL;ALTER TABLE "books" ENABLE TRIGGER ALL

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
TRUNCATE TABLE "pages"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
DROP TABLE "pages"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
DROP TABLE "books"

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 15
drop table if exists schema_migrations, ar_internal_metadata

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 18
ALTER TABLE "account" DISABLE TRIGGER ALL;ALTER TABLE "card" DISABLE TRIGGER ALL;ALTER TABLE "transaction" DISABLE TRIGGER ALL;ALTER TABLE "part" DISABLE TRIGGER ALL;ALTER TABLE "part_2025" DISABLE TRIGGER ALL;ALTER TABLE "customer" DISABLE TRIGGER ALL;ALTER TABLE "alembic_version" DISABLE TRIGGER ALL;ALTER TABLE "pgx_t" DISABLE TRIGGER ALL;ALTER TABLE "tokio_t" DISABLE TRIGGER ALL;ALTER TABLE "pages" DISABLE TRIGGER ALL;ALTER TABLE "books" DISABLE TRIGGER ALL;ALTER TABLE "schema_migrations" DISABLE TRIGGER ALL

--# activerecord 6.1.7.10 | queries | collected, PostgreSQL 18
ALTER TABLE "account" ENABLE TRIGGER ALL;ALTER TABLE "card" ENABLE TRIGGER ALL;ALTER TABLE "transaction" ENABLE TRIGGER ALL;ALTER TABLE "part" ENABLE TRIGGER ALL;ALTER TABLE "part_2025" ENABLE TRIGGER ALL;ALTER TABLE "customer" ENABLE TRIGGER ALL;ALTER TABLE "alembic_version" ENABLE TRIGGER ALL;ALTER TABLE "pgx_t" ENABLE TRIGGER ALL;ALTER TABLE "tokio_t" ENABLE TRIGGER ALL;ALTER TABLE "pages" ENABLE TRIGGER ALL;ALTER TABLE "books" ENABLE TRIGGER ALL;ALTER TABLE "schema_migrations" ENABLE TRIGGER ALL
