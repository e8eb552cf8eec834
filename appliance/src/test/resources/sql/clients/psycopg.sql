-- What psycopg 3.3.9 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
BEGIN

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
select 1

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
SAVEPOINT "_pg3_1"

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
SAVEPOINT "named"

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
select $1::int

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
RELEASE "named"

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
RELEASE "_pg3_1"

--# psycopg 3.3.9 | transactions | collected, PostgreSQL 15
COMMIT

--# psycopg 3.3.9 | transaction options | collected, PostgreSQL 15
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE

--# psycopg 3.3.9 | types | collected, PostgreSQL 15
SELECT
    typname AS name, oid, typarray AS array_oid,
    oid::regtype::text AS regtype, typdelim AS delimiter
FROM pg_type t
WHERE t.oid = to_regtype($1)
ORDER BY t.oid

--# psycopg 3.3.9 | types | collected, PostgreSQL 15
SELECT name, oid, array_oid, regtype, array_agg(label) AS labels
FROM (
    SELECT
        t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
        t.oid::regtype::text AS regtype, e.enumlabel AS label
    FROM pg_type t
    LEFT JOIN  pg_enum e
    ON e.enumtypid = t.oid
    WHERE t.oid = to_regtype($1)
    ORDER BY e.enumsortorder
) x
GROUP BY name, oid, array_oid, regtype

--# psycopg 3.3.9 | types | collected, PostgreSQL 15
SELECT
    t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
    t.oid::regtype::text AS regtype,
    coalesce(a.fnames, '{}') AS field_names,
    coalesce(a.ftypes, '{}') AS field_types
FROM pg_type t
LEFT JOIN (
    SELECT
        attrelid,
        array_agg(attname) AS fnames,
        array_agg(atttypid) AS ftypes
    FROM (
        SELECT a.attrelid, a.attname, a.atttypid
        FROM pg_attribute a
        JOIN pg_type t ON t.typrelid = a.attrelid
        WHERE t.oid = to_regtype($1)
        AND a.attnum > 0
        AND NOT a.attisdropped
        ORDER BY a.attnum
    ) x
    GROUP BY attrelid
) a ON a.attrelid = t.typrelid
WHERE t.oid = to_regtype($1)

--# psycopg 3.3.9 | types | collected, PostgreSQL 15
SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
    t.oid::regtype::text AS regtype,
    r.rngsubtype AS subtype_oid
FROM pg_type t
JOIN pg_range r ON t.oid = r.rngtypid
WHERE t.oid = to_regtype($1)

--# psycopg 3.3.9 | types | collected, PostgreSQL 15
SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
    t.oid::regtype::text AS regtype,
    r.rngtypid AS range_oid, r.rngsubtype AS subtype_oid
FROM pg_type t
JOIN pg_range r ON t.oid = r.rngmultitypid
WHERE t.oid = to_regtype($1)

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
DECLARE "named" CURSOR FOR select id, name from customer where id < $1 order by id

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
FETCH FORWARD 1 FROM "named"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
FETCH FORWARD ALL FROM "named"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
CLOSE "named"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
DECLARE "scrolling" SCROLL CURSOR WITH HOLD FOR select id from customer

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
MOVE 3 FROM "scrolling"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
MOVE ABSOLUTE 0 FROM "scrolling"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
FETCH FORWARD 2 FROM "scrolling"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
CLOSE "scrolling"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
DECLARE "forward" NO SCROLL CURSOR FOR select id from customer

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
FETCH FORWARD 100 FROM "forward"

--# psycopg 3.3.9 | cursors | collected, PostgreSQL 15
CLOSE "forward"

--# psycopg 3.3.9 | prepared and batches | collected, PostgreSQL 15
select name from customer where id = $1

--# psycopg 3.3.9 | prepared and batches | collected, PostgreSQL 15
update account set balance = balance + $1 where id = $2

--# psycopg 3.3.9 | prepared and batches | collected, PostgreSQL 15
insert into transaction (account_id, amount, booked, purpose) values ($1, $2, now(), $3) returning id

--# psycopg 3.3.9 | prepared and batches | collected, PostgreSQL 15
ROLLBACK

--# psycopg 3.3.9 | prepared and batches | collected, PostgreSQL 15
DEALLOCATE ALL

--# psycopg 3.3.9 | COPY | collected, PostgreSQL 15
copy (select id, name from customer) to stdout

--# psycopg 3.3.9 | COPY | collected, PostgreSQL 15
copy customer (id, name) to stdout (format binary)

--# psycopg 3.3.9 | COPY | collected, PostgreSQL 15
create temp table copied (a int, b text) on commit drop

--# psycopg 3.3.9 | COPY | collected, PostgreSQL 15
copy copied from stdin

--# psycopg 3.3.9 | COPY | collected, PostgreSQL 15
COPY copied (a, b) FROM STDIN WITH (FORMAT BINARY)

--# psycopg 3.3.9 | two phases | collected, PostgreSQL 15
PREPARE TRANSACTION '1_Z3RyaWQ=_YnF1YWw='

--# psycopg 3.3.9 | recover | collected, PostgreSQL 15
SELECT gid, prepared, owner, database FROM pg_prepared_xacts

--# psycopg 3.3.9 | pipeline | collected, PostgreSQL 15
select 2 where $1

--# psycopg 3.3.9 | several, listening | collected, PostgreSQL 15
select 1; select 2

--# psycopg 3.3.9 | several, listening | collected, PostgreSQL 15
listen news

--# psycopg 3.3.9 | several, listening | collected, PostgreSQL 15
notify news, 'x'

--# psycopg 3.3.9 | several, listening | collected, PostgreSQL 15
unlisten *

--# psycopg 3.3.9 | sql composed | collected, PostgreSQL 15
select "name" from "public"."customer" where "id" = $1

--# psycopg 3.3.9 | sql composed | collected, PostgreSQL 15
select 'it''s', 1.5, NULL,  E'{a,"b\\\\c"}'::text[], '\x00'::bytea
