-- What sequelize 6.37.8 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT 1+1 AS result

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
DROP TABLE IF EXISTS "pages" CASCADE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
DROP TABLE IF EXISTS "books" CASCADE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
DROP TYPE IF EXISTS "public"."enum_books_kind";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.constraint_catalog as constraint_catalog, tc.table_name as table_name,tc.table_schema as table_schema,tc.table_catalog as table_catalog,tc.initially_deferred as initially_deferred,tc.is_deferrable as is_deferrable,kcu.column_name as column_name,ccu.table_schema  AS referenced_table_schema,ccu.table_catalog  AS referenced_table_catalog,ccu.table_name  AS referenced_table_name,ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'books' AND tc.table_catalog = 'drivers'

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public' AND t.typname='enum_books_kind' GROUP BY 1

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
DROP TYPE IF EXISTS "public"."enum_books_kind"; DO 'BEGIN CREATE TYPE "public"."enum_books_kind" AS ENUM(''a'', ''b''); EXCEPTION WHEN duplicate_object THEN null; END';

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
CREATE TABLE IF NOT EXISTS "books" ("id"   SERIAL , "title" VARCHAR(255) NOT NULL UNIQUE, "kind" "public"."enum_books_kind", "tags" TEXT[], "doc" JSONB, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY ("id")); COMMENT ON TABLE "books" IS 'books';

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'books' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
CREATE INDEX "books_kind" ON "books" ("kind")

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
CREATE TABLE IF NOT EXISTS "pages" ("id"   SERIAL , "text" TEXT, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "bookId" INTEGER REFERENCES "books" ("id") ON DELETE SET NULL ON UPDATE CASCADE, PRIMARY KEY ("id"));

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'books'

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE  cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'books' AND c.table_schema = 'public'

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "title" SET NOT NULL;ALTER TABLE "books" ALTER COLUMN "title" DROP DEFAULT;ALTER TABLE "books"  ADD UNIQUE ("title");ALTER TABLE "books" ALTER COLUMN "title" TYPE VARCHAR(255)  ;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "kind" DROP NOT NULL;ALTER TABLE "books" ALTER COLUMN "kind" DROP DEFAULT;DO 'BEGIN CREATE TYPE "public"."enum_books_kind" AS ENUM(''a'', ''b''); EXCEPTION WHEN duplicate_object THEN null; END';ALTER TABLE "books" ALTER COLUMN "kind" TYPE "public"."enum_books_kind" USING ("kind"::"public"."enum_books_kind");

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "tags" DROP NOT NULL;ALTER TABLE "books" ALTER COLUMN "tags" DROP DEFAULT;ALTER TABLE "books" ALTER COLUMN "tags" TYPE TEXT[];

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "doc" DROP NOT NULL;ALTER TABLE "books" ALTER COLUMN "doc" DROP DEFAULT;ALTER TABLE "books" ALTER COLUMN "doc" TYPE JSONB;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "books" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "books" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "books" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "books" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "books" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "pages" ALTER COLUMN "text" DROP NOT NULL;ALTER TABLE "pages" ALTER COLUMN "text" DROP DEFAULT;ALTER TABLE "pages" ALTER COLUMN "text" TYPE TEXT;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "pages" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "pages" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "pages" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "pages" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "pages" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "pages" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "pages" DROP CONSTRAINT "pages_bookId_fkey"

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
ALTER TABLE "pages"  ADD FOREIGN KEY ("bookId") REFERENCES "books" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
INSERT INTO "books" ("id","title","kind","tags","doc","createdAt","updatedAt") VALUES (DEFAULT,$1,$2,$3,$4,$5,$6) RETURNING "id","title","kind","tags","doc","createdAt","updatedAt";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
INSERT INTO "books" ("title","createdAt","updatedAt") VALUES ('two','2026-11-21 14:23:41.620 +00:00','2026-11-21 14:23:41.620 +00:00'),('three','2026-11-21 14:23:41.620 +00:00','2026-11-21 14:23:41.620 +00:00') ON CONFLICT ("title") DO UPDATE SET "title"=EXCLUDED."title" RETURNING "id","title","kind","tags","doc","createdAt","updatedAt";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
INSERT INTO "pages" ("id","text","createdAt","updatedAt","bookId") VALUES (DEFAULT,$1,$2,$3,$4) RETURNING "id","text","createdAt","updatedAt","bookId";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT "book".*, "pages"."id" AS "pages.id", "pages"."text" AS "pages.text", "pages"."createdAt" AS "pages.createdAt", "pages"."updatedAt" AS "pages.updatedAt", "pages"."bookId" AS "pages.bookId" FROM (SELECT "book"."id", "book"."title", "book"."kind", "book"."tags", "book"."doc", "book"."createdAt", "book"."updatedAt" FROM "books" AS "book" WHERE ("book"."title" ILIKE '%o%' OR CAST(("book"."doc"#>>'{a,b}') AS DOUBLE PRECISION) = 1) AND "book"."kind" IN ('a', 'b') ORDER BY "book"."title" DESC LIMIT 5 OFFSET 0) AS "book" LEFT OUTER JOIN "pages" AS "pages" ON "book"."id" = "pages"."bookId" ORDER BY "book"."title" DESC;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT count(DISTINCT("book"."id")) AS "count" FROM "books" AS "book" INNER JOIN "pages" AS "pages" ON "book"."id" = "pages"."bookId";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT "book"."id", "book"."title", "book"."kind", "book"."tags", "book"."doc", "book"."createdAt", "book"."updatedAt", "pages"."id" AS "pages.id", "pages"."text" AS "pages.text", "pages"."createdAt" AS "pages.createdAt", "pages"."updatedAt" AS "pages.updatedAt", "pages"."bookId" AS "pages.bookId" FROM "books" AS "book" INNER JOIN "pages" AS "pages" ON "book"."id" = "pages"."bookId";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
START TRANSACTION;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT "id", "title", "kind", "tags", "doc", "createdAt", "updatedAt" FROM "books" AS "book" WHERE "book"."title" = 'four';

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
CREATE OR REPLACE FUNCTION pg_temp.testfunc(OUT response "books", OUT sequelize_caught_exception text) RETURNS RECORD AS $func_0a813d9ef5ee4ce1a7bd3da2a8ce6ed2$ BEGIN INSERT INTO "books" ("id","title","kind","createdAt","updatedAt") VALUES (DEFAULT,'four','b','2026-11-21 14:23:41.654 +00:00','2026-11-21 14:23:41.654 +00:00') RETURNING * INTO response; EXCEPTION WHEN unique_violation THEN GET STACKED DIAGNOSTICS sequelize_caught_exception = PG_EXCEPTION_DETAIL; END $func_0a813d9ef5ee4ce1a7bd3da2a8ce6ed2$ LANGUAGE plpgsql; SELECT (testfunc.response)."id", (testfunc.response)."title", (testfunc.response)."kind", (testfunc.response)."tags", (testfunc.response)."doc", (testfunc.response)."createdAt", (testfunc.response)."updatedAt", testfunc.sequelize_caught_exception FROM pg_temp.testfunc(); DROP FUNCTION IF EXISTS pg_temp.testfunc();

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
COMMIT;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT "kind", count(*) AS "count" FROM "books" AS "book" GROUP BY "kind";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
UPDATE "books" SET "kind"=$1,"updatedAt"=$2 WHERE "tags" @> ARRAY['x']::TEXT[] RETURNING "id","title","kind","tags","doc","createdAt","updatedAt"

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
INSERT INTO "books" ("id","title","createdAt","updatedAt") VALUES ($1,$2,$3,$4) ON CONFLICT ("id") DO UPDATE SET "id"=EXCLUDED."id","title"=EXCLUDED."title","updatedAt"=EXCLUDED."updatedAt" RETURNING "id","title","kind","tags","doc","createdAt","updatedAt";

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
UPDATE "books" SET "id"="id"+ 0,"updatedAt"='2026-11-21 14:23:41.666 +00:00' WHERE "id" = -1 RETURNING *

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
SELECT "id", "title", "kind", "tags", "doc", "createdAt", "updatedAt" FROM "books" AS "book" LIMIT 1 FOR UPDATE SKIP LOCKED;

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
select 1::int

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
select $1::int

--# sequelize 6.37.8 | models | collected, PostgreSQL 15
DELETE FROM "books" WHERE "id" = 1

--# sequelize 6.37.8 | query interface | collected, PostgreSQL 15
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys';

--# sequelize 6.37.8 | query interface | collected, PostgreSQL 15
SELECT constraint_catalog AS "constraintCatalog", constraint_schema AS "constraintSchema", constraint_name AS "constraintName", table_catalog AS "tableCatalog", table_schema AS "tableSchema", table_name AS "tableName", constraint_type AS "constraintType", is_deferrable AS "isDeferrable", initially_deferred AS "initiallyDeferred" from INFORMATION_SCHEMA.table_constraints WHERE table_name='account';

--# sequelize 6.37.8 | query interface | collected, PostgreSQL 15
SELECT schema_name FROM information_schema.schemata WHERE schema_name <> 'information_schema' AND schema_name != 'public' AND schema_name !~ E'^pg_';

--# sequelize 6.37.8 | query interface | collected, PostgreSQL 15
DROP TABLE IF EXISTS "pages";

--# sequelize 6.37.8 | query interface | collected, PostgreSQL 15
DROP TABLE IF EXISTS "books";
