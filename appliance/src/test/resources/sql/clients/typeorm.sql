-- What typeorm 1.1.1 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT version()

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT * FROM current_schema()

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
create schema if not exists typeorm

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
START TRANSACTION

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT * FROM current_database()

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "table_schema", "table_name", obj_description((quote_ident("table_schema") || '.' || quote_ident("table_name"))::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'typeorm' AND "table_name" = 'author') OR ("table_schema" = 'typeorm' AND "table_name" = 'post')

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT * FROM "information_schema"."tables" WHERE "table_schema" = $1 AND "table_name" = $2

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "n"."nspname", "t"."typname" FROM "pg_type" "t" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'typeorm' AND "t"."typname" = 'author_mood_enum'

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
CREATE TYPE "typeorm"."author_mood_enum" AS ENUM('x', 'y')

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
CREATE TABLE "typeorm"."author" ("id" SERIAL NOT NULL, "name" character varying(50) NOT NULL, "mood" "typeorm"."author_mood_enum" NOT NULL DEFAULT 'x', "doc" jsonb, CONSTRAINT "UQ_d3962fd11a54d87f927e84d1080" UNIQUE ("name"), CONSTRAINT "PK_5a0e79799d372fe56f2f3fa6871" PRIMARY KEY ("id"))

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
CREATE TABLE "typeorm"."post" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "text" text NOT NULL, "made" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "authorId" integer, CONSTRAINT "PK_be5fda3aac270b134ff9c21cdee" PRIMARY KEY ("id"))

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
CREATE INDEX "IDX_d604d2a0b35bdf7f3f827a47e8" ON "typeorm"."post"  ("text") 

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
ALTER TABLE "typeorm"."post" ADD CONSTRAINT "FK_c6fb082a3114f35d0cc27c518e0" FOREIGN KEY ("authorId") REFERENCES "typeorm"."author"("id") ON DELETE CASCADE ON UPDATE NO ACTION

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
COMMIT

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT TRUE FROM information_schema.columns WHERE table_name = 'pg_class' and column_name = 'relispartition'

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT columns.*, pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'typeorm' AND "table_name" = 'author') OR ("table_schema" = 'typeorm' AND "table_name" = 'post')

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'typeorm' AND "t"."relname" = 'author') OR ("ns"."nspname" = 'typeorm' AND "t"."relname" = 'post'))

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name", "am"."amname" AS "index_type" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" INNER JOIN "pg_am" "am" ON "i"."relam" = "am"."oid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" IN ('r', 'p') AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'typeorm' AND "t"."relname" = 'author') OR ("ns"."nspname" = 'typeorm' AND "t"."relname" = 'post'))

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update", "con"."condeferrable" AS "deferrable", "con"."condeferred" AS "deferred" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", "con1"."condeferrable", CASE WHEN "con1"."condeferred" THEN 'INITIALLY DEFERRED' ELSE 'INITIALLY IMMEDIATE' END as condeferred, CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'typeorm' AND "cl"."relname" = 'author') OR ("ns"."nspname" = 'typeorm' AND "cl"."relname" = 'post')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid"  AND "cl"."relispartition" = 'f'INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "udt_schema", "udt_name" FROM "information_schema"."columns" WHERE "table_schema" = 'typeorm' AND "table_name" = 'author' AND "column_name"='mood'

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "e"."enumlabel" AS "value" FROM "pg_enum" "e" INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'typeorm' AND "t"."typname" = 'author_mood_enum' ORDER BY "e"."enumsortorder"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
INSERT INTO "typeorm"."author"("name", "mood", "doc") VALUES ($1, DEFAULT, $2) RETURNING "id", "mood"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
INSERT INTO "typeorm"."post"("id", "text", "made", "authorId") VALUES (DEFAULT, $1, DEFAULT, $2), (DEFAULT, $3, DEFAULT, $4) RETURNING "id", "made"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT DISTINCT "distinctAlias"."Author_id" AS "ids_Author_id", "distinctAlias"."Author_name" FROM (SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."mood" AS "Author_mood", "Author"."doc" AS "Author_doc", "Author__Author_posts"."id" AS "Author__Author_posts_id", "Author__Author_posts"."text" AS "Author__Author_posts_text", "Author__Author_posts"."made" AS "Author__Author_posts_made", "Author__Author_posts"."authorId" AS "Author__Author_posts_authorId" FROM "typeorm"."author" "Author" LEFT JOIN "typeorm"."post" "Author__Author_posts" ON "Author__Author_posts"."authorId"="Author"."id" WHERE (("Author"."name" LIKE $1) AND ("Author"."id" IN ($2, $3)))) "distinctAlias" ORDER BY "distinctAlias"."Author_name" DESC, "Author_id" ASC LIMIT 5 OFFSET 0

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."mood" AS "Author_mood", "Author"."doc" AS "Author_doc", "Author__Author_posts"."id" AS "Author__Author_posts_id", "Author__Author_posts"."text" AS "Author__Author_posts_text", "Author__Author_posts"."made" AS "Author__Author_posts_made", "Author__Author_posts"."authorId" AS "Author__Author_posts_authorId" FROM "typeorm"."author" "Author" LEFT JOIN "typeorm"."post" "Author__Author_posts" ON "Author__Author_posts"."authorId"="Author"."id" WHERE ( (("Author"."name" LIKE $1) AND ("Author"."id" IN ($2, $3))) ) AND ( "Author"."id" IN (1) ) ORDER BY "Author"."name" DESC

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."mood" AS "Author_mood", "Author"."doc" AS "Author_doc" FROM "typeorm"."author" "Author" LIMIT 1

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT COUNT(1) AS "cnt" FROM "typeorm"."author" "Author"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "a"."id" AS "a_id", "a"."name" AS "a_name", "a"."mood" AS "a_mood", "a"."doc" AS "a_doc", "p"."id" AS "p_id", "p"."text" AS "p_text", "p"."made" AS "p_made", "p"."authorId" AS "p_authorId" FROM "typeorm"."author" "a" LEFT JOIN "typeorm"."post" "p" ON "p"."authorId"="a"."id" WHERE "a"."name" = $1 ORDER BY "p"."made" ASC

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT count(*) AS "n", "p"."authorId" FROM "typeorm"."post" "p" GROUP BY "p"."authorId"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
INSERT INTO "typeorm"."author"("name", "mood", "doc") VALUES ($1, $2, DEFAULT) ON CONFLICT ( "name" ) DO UPDATE SET "name" = EXCLUDED."name", "mood" = EXCLUDED."mood" RETURNING "id", "mood"

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
UPDATE "typeorm"."author" SET "mood" = $1 WHERE "id" = $2

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
UPDATE "typeorm"."author" SET "id" = "id" + 0 WHERE "id" = $1

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name", "Author"."mood" AS "Author_mood", "Author"."doc" AS "Author_doc" FROM "typeorm"."author" "Author" WHERE (("Author"."id" = $1)) LIMIT 1 FOR UPDATE

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT 1 AS "row_exists" FROM (SELECT 1 AS dummy_column) "dummy_table" WHERE EXISTS (SELECT 1 FROM "typeorm"."author" "Author" WHERE (("Author"."name" = $1))) LIMIT 1

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
DELETE FROM "typeorm"."author" WHERE "id" = $1

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
SELECT * FROM "information_schema"."columns" WHERE "table_schema" = $1 AND "table_name" = $2 AND "column_name" = $3

--# typeorm 1.1.1 | entities | collected, PostgreSQL 15
drop schema typeorm cascade
