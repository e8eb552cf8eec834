-- What pgx 5.12.0 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select current_user::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select session_user::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select current_database()::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select pg_sleep(30)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select 1

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select pg_backend_pid()

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
set timezone to 'Asia/Tokyo'

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
begin

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
set local timezone to 'UTC'

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
rollback

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
reset timezone

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::bool, $1::bool::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  'true' ::bool,  'true' ::bool::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int2, $1::int2::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '-32768' ::int2,  '-32768' ::int2::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int4, $1::int4::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '2147483647' ::int4,  '2147483647' ::int4::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int8, $1::int8::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '-9223372036854775808' ::int8,  '-9223372036854775808' ::int8::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::float4, $1::float4::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '1.5' ::float4,  '1.5' ::float4::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::float8, $1::float8::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '-1.25e+300' ::float8,  '-1.25e+300' ::float8::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::numeric, $1::numeric::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '-123456789012345678901234567890.000100' ::numeric,  '-123456789012345678901234567890.000100' ::numeric::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text, $1::text::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  'naïve ''quoted'' \ 漢字 🦆' ::text,  'naïve ''quoted'' \ 漢字 🦆' ::text::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::varchar, $1::varchar::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  'varchar' ::varchar,  'varchar' ::varchar::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::bytea, $1::bytea::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '\x0001feff' ::bytea,  '\x0001feff' ::bytea::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::date, $1::date::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '2024-02-29' ::date,  '2024-02-29' ::date::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::time, $1::time::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '23:59:59.999999' ::time,  '23:59:59.999999' ::time::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::timestamp, $1::timestamp::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '1999-12-31 23:59:59.000001' ::timestamp,  '1999-12-31 23:59:59.000001' ::timestamp::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::timestamptz, $1::timestamptz::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '2024-02-29 12:00:00.123456+00' ::timestamptz,  '2024-02-29 12:00:00.123456+00' ::timestamptz::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::interval, $1::interval::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '3 days 00:00:05.000007' ::interval,  '3 days 00:00:05.000007' ::interval::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::uuid, $1::uuid::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '12345678-1234-5678-1234-567812345678' ::uuid,  '12345678-1234-5678-1234-567812345678' ::uuid::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::json, $1::json::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '{"a": [1, null, "é"]}' ::json,  '{"a": [1, null, "é"]}' ::json::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::jsonb, $1::jsonb::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '{"b": {"c": 1.5}}' ::jsonb,  '{"b": {"c": 1.5}}' ::jsonb::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::inet, $1::inet::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '192.0.2.1/24' ::inet,  '192.0.2.1/24' ::inet::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int4range, $1::int4range::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '[1,10)' ::int4range,  '[1,10)' ::int4range::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int4[], $1::int4[]::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select  '{1,NULL,3}' ::int4[],  '{1,NULL,3}' ::int4[]::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::bool

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::int2

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::int4

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::int8

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::float4

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::float8

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::numeric

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::varchar

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::bytea

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::date

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::time

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::timestamp

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::timestamptz

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::interval

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::uuid

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::json

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::jsonb

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::inet

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::int4range

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text::int4[]

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::bool, $2::int4, null::bool

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int2, $2::int4, null::int2

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int4, $2::int4, null::int4

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int8, $2::int4, null::int8

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::float4, $2::int4, null::float4

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::float8, $2::int4, null::float8

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::numeric, $2::int4, null::numeric

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text, $2::int4, null::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::varchar, $2::int4, null::varchar

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::bytea, $2::int4, null::bytea

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::date, $2::int4, null::date

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::time, $2::int4, null::time

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::timestamp, $2::int4, null::timestamp

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::timestamptz, $2::int4, null::timestamptz

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::interval, $2::int4, null::interval

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::uuid, $2::int4, null::uuid

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::json, $2::int4, null::json

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::jsonb, $2::int4, null::jsonb

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::inet, $2::int4, null::inet

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int4range, $2::int4, null::int4range

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int4[], $2::int4, null::int4[]

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::text[], $1::text[]::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int8[], $1::int8[]::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::float8[], $1::float8[]::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::bytea[], $1::bytea[]::text

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
set client_min_messages to error

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
drop table if exists pgx_t

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
create table pgx_t (id int primary key, v text)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
insert into pgx_t values (1, 'a')

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select count(*) from pgx_t

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
commit

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
begin isolation level serializable

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
savepoint sp_1

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
rollback to savepoint sp_1

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select string_agg(id::text, ',' order by id) from pgx_t

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select 'é', * from no_such_table

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select 1/0

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
insert into pgx_t values (1, 'a'), (1, 'b')

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
do $$begin raise exception 'raised %', 7 using errcode='GH001', detail='d', hint='h'; end$$

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select 10/(5000-g), repeat('x', 100) from generate_series(1, 9000) g

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
;

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
insert into pgx_t values ($1, $2)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select sum(id) from pgx_t

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select $1::int + 1

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
alter table pgx_t add column w int

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select count(*) from pg_prepared_statements where name in ('plus','star')

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
declare portions cursor for select g from generate_series(1, 1000) g

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
fetch 300 from portions

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
close portions

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
create table pgx_t (id int, v text, n numeric)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
copy pgx_t from stdin

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select count(*) || ' ' || md5(string_agg(t::text, '|' order by id)) from pgx_t t

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
create table pgx_t (id int, v text, b bytea)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
copy "pgx_t" ( "id", "v", "b" ) from stdin binary;

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout 

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout (format csv, header)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
copy (select g, 'tab' || chr(9) || g, null, g/8.0 from generate_series(1, 5000) g) to stdout (format binary)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
create table pgx_t (id int, v text)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
listen pgx_c

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select pg_notify('pgx_c', $1)

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
notify pgx_c, 'own'

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
insert into pgx_t values (1, 'a'); select 1;; select 2, 'x'

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
insert into pgx_t values (2, 'b'); select 1/0; select 3

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select count(*) from pg_stat_activity where application_name = $1

--# pgx 5.12.0 | driver cases | collected, PostgreSQL 15
select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgx-killed'
