-- What tokio-postgres 0.7.18 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select current_user::text, session_user::text, current_database()::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
set timezone to 'Asia/Tokyo'

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
begin

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
set local timezone to 'UTC'

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
rollback

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
reset timezone

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 'true'::bool

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '-32768'::int2

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '2147483647'::int4

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '-9223372036854775808'::int8

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '1.5'::float4

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '-1.25e+300'::float8

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '-123456789012345678901234567890.000100'::numeric

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 'naïve ''quoted'' \ 漢字 🦆'::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 'varchar'::varchar

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '\x0001feff'::bytea

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '2024-02-29'::date

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '23:59:59.999999'::time

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '1999-12-31 23:59:59.000001'::timestamp

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '2024-02-29 12:00:00.123456+00'::timestamptz

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '3 days 00:00:05.000007'::interval

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '12345678-1234-5678-1234-567812345678'::uuid

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '{"a": [1, null, "é"]}'::json

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '{"b": {"c": 1.5}}'::jsonb

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '192.0.2.1/24'::inet

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '[1,10)'::int4range

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '{1,NULL,3}'::int4[]

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::bool, $1::bool::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int2, $1::int2::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4, $1::int4::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int8, $1::int8::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::float4, $1::float4::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::float8, $1::float8::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::numeric, $1::numeric::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::text, $1::text::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::varchar, $1::varchar::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::bytea, $1::bytea::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::date, $1::date::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::time, $1::time::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::timestamp, $1::timestamp::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::timestamptz, $1::timestamptz::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::interval, $1::interval::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::uuid, $1::uuid::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::json, $1::json::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::jsonb, $1::jsonb::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::inet, $1::inet::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4range, $1::int4range::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4[], $1::int4[]::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::bool, $2::int4, null::bool

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int2, $2::int4, null::int2

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4, $2::int4, null::int4

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int8, $2::int4, null::int8

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::float4, $2::int4, null::float4

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::float8, $2::int4, null::float8

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::numeric, $2::int4, null::numeric

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::text, $2::int4, null::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::varchar, $2::int4, null::varchar

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::bytea, $2::int4, null::bytea

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::date, $2::int4, null::date

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::time, $2::int4, null::time

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::timestamp, $2::int4, null::timestamp

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::timestamptz, $2::int4, null::timestamptz

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::interval, $2::int4, null::interval

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::uuid, $2::int4, null::uuid

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::json, $2::int4, null::json

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::jsonb, $2::int4, null::jsonb

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::inet, $2::int4, null::inet

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4range, $2::int4, null::int4range

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4[], $2::int4, null::int4[]

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select '{{1,2},{3,4}}'::int8[]

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int8[], $1::int8[]::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::text[], $1::text[]::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::float8[], $1::float8[]::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::bytea[], $1::bytea[]::text

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
set client_min_messages to error; drop table if exists tokio_t; create table tokio_t (id int primary key, v text)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
START TRANSACTION

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
insert into tokio_t values (1, 'a')

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select count(*) from tokio_t

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
COMMIT

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
SAVEPOINT s

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
ROLLBACK TO s

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select string_agg(id::text, ',' order by id) from tokio_t

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 'é', * from no_such_table

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 1/0

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
insert into tokio_t values (1, 'a'), (1, 'b')

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
begin; insert into tokio_t values (1, 'a')

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
;

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
insert into tokio_t values ($1, 'v')

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select sum(id) from tokio_t

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
insert into tokio_t values (10/$1::int4, 'v') returning id

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select $1::int4 + 1

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
alter table tokio_t add column w int

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select count(*) from pg_prepared_statements where statement like '%$1::int4 + 1'

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select g from generate_series(1, $1::int4) g

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select 'between'

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
set client_min_messages to error; drop table if exists tokio_t; create table tokio_t (id int, v text)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
copy tokio_t from stdin

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select count(*) || ' ' || md5(string_agg(t::text, '|' order by id)) from tokio_t t

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
set client_min_messages to error; drop table if exists tokio_t; create table tokio_t (id int, v text, b bytea)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
copy tokio_t from stdin (format binary)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout 

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout (format csv, header)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout (format binary)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select pg_backend_pid()

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
listen tokio_c

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select pg_notify('tokio_c', $1)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
notify tokio_c, 'own'

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select pg_sleep(30)

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
insert into tokio_t values (1, 'a'); select 1;; select 2, 'x'

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
insert into tokio_t values (2, 'b'); select 1/0; select 3

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select count(*) from pg_stat_activity where application_name = $1

--# tokio-postgres 0.7.18 | start | collected, PostgreSQL 15
select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tokio-killed'
