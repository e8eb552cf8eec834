-- What psycopg2 2.9.13 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
BEGIN

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select 1, 'it''s', NULL, true, '\x00615c62'::bytea

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select '2025-01-01'::date, '2025-01-01T12:00:00'::timestamp, 1.5

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select 'back\slash', ARRAY[1,2,NULL], ARRAY['a','b''c']

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select 1 where 2 in (1, 2, 3)

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select '00000000-0000-0000-0000-000000000001'::uuid

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select '{"a": "it''s"}'

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select daterange('2025-01-01'::date, NULL, '[)')

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
select * from customer where name like 'A%' limit 5

--# psycopg2 2.9.13 | parameters | collected, PostgreSQL 15
ROLLBACK

--# psycopg2 2.9.13 | types | collected, PostgreSQL 15
SELECT t.oid, typarray, attname, atttypid
FROM pg_type t
JOIN pg_namespace ns ON typnamespace = ns.oid
JOIN pg_attribute a ON attrelid = typrelid
WHERE typname = 'address' AND nspname = 'public'
    AND attnum > 0 AND NOT attisdropped
ORDER BY attnum;

--# psycopg2 2.9.13 | types | collected, PostgreSQL 15
SELECT t.oid, typarray
FROM pg_type t JOIN pg_namespace ns
    ON typnamespace = ns.oid
WHERE typname = 'hstore';

--# psycopg2 2.9.13 | types | collected, PostgreSQL 15
select rngtypid, rngsubtype, typarray
from pg_range r
join pg_type t on t.oid = rngtypid
join pg_namespace ns on ns.oid = typnamespace
where typname = 'span' and ns.nspname = 'public';

--# psycopg2 2.9.13 | sessions | collected, PostgreSQL 15
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE

--# psycopg2 2.9.13 | sessions | collected, PostgreSQL 15
COMMIT

--# psycopg2 2.9.13 | sessions | collected, PostgreSQL 15
SET client_encoding TO 'LATIN1'

--# psycopg2 2.9.13 | sessions | collected, PostgreSQL 15
DISCARD ALL

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
DECLARE "named" CURSOR WITHOUT HOLD FOR select id, name from customer where id < 10

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
FETCH FORWARD 1 FROM "named"

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
FETCH FORWARD ALL FROM "named"

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
CLOSE "named"

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
DECLARE "scrolling" SCROLL CURSOR WITH HOLD FOR select id from customer

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
MOVE 2 FROM "scrolling"

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
MOVE ABSOLUTE 1 FROM "scrolling"

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
FETCH FORWARD 1 FROM "scrolling"

--# psycopg2 2.9.13 | cursors | collected, PostgreSQL 15
CLOSE "scrolling"

--# psycopg2 2.9.13 | batches | collected, PostgreSQL 15
insert into customer (id, name, ssn, email, born) values (900,'N0','900-00-0000','n0@x','2000-01-01'),(901,'N1','900-00-0001','n1@x','2000-01-01'),(902,'N2','900-00-0002','n2@x','2000-01-01')

--# psycopg2 2.9.13 | batches | collected, PostgreSQL 15
update customer set name = 'a' where id = 900;update customer set name = 'b' where id = 901

--# psycopg2 2.9.13 | batches | collected, PostgreSQL 15
delete from customer where id = 900

--# psycopg2 2.9.13 | batches | collected, PostgreSQL 15
SELECT * FROM add_up(1,2)

--# psycopg2 2.9.13 | batches | collected, PostgreSQL 15
select k.id from card k where k.id = any(ARRAY[1,2])

--# psycopg2 2.9.13 | COPY | collected, PostgreSQL 15
COPY "customer"("id","name") TO stdout WITH DELIMITER AS ',' NULL AS '-'

--# psycopg2 2.9.13 | COPY | collected, PostgreSQL 15
copy (select id from customer) to stdout with csv header

--# psycopg2 2.9.13 | COPY | collected, PostgreSQL 15
create temp table copied (a int, b text)

--# psycopg2 2.9.13 | COPY | collected, PostgreSQL 15
COPY "copied"("a","b") FROM stdin WITH DELIMITER AS '	' NULL AS '\N'

--# psycopg2 2.9.13 | large objects | collected, PostgreSQL 15
select proname, oid from pg_catalog.pg_proc where proname in ('lo_open', 'lo_close', 'lo_creat', 'lo_create', 'lo_unlink', 'lo_lseek', 'lo_lseek64', 'lo_tell', 'lo_tell64', 'lo_truncate', 'lo_truncate64', 'loread', 'lowrite') and pronamespace = (select oid from pg_catalog.pg_namespace where nspname = 'pg_catalog')

--# psycopg2 2.9.13 | two phases | collected, PostgreSQL 15
SELECT gid, prepared, owner, database FROM pg_prepared_xacts
