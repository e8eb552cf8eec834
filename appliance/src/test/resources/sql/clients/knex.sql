-- What knex 3.3.0 said to real servers. Made by appliance/src/test/sh/sql/collect.

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select version();

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select "id", "name" from "customer" where "id" = $1 or "name" like $2 order by "name" desc limit $3 offset $4

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select count(*) as "n" from "customer" as "c" inner join "account" as "a" on "a"."customer_id" = "c"."id" left join "card" as "k" on "k"."account_id" = "a"."id" group by "c"."name" having count(*) > $1

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select * from "account" where "id" in ($1, $2) and "balance" between $3 and $4 and "iban" is null limit $5

--# knex 3.3.0 | builder | collected, PostgreSQL 15
with "t" as (select sum("balance") as "s" from "account" group by "customer_id") select * from "t"

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select max("balance"), avg("balance") from "account"

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select $1::int + "id" from "account" where exists (select * from "card" where card.account_id = account.id)

--# knex 3.3.0 | builder | collected, PostgreSQL 15
BEGIN;

--# knex 3.3.0 | builder | collected, PostgreSQL 15
insert into "transaction" ("account_id", "amount", "booked", "purpose") values ($1, $2, $3, $4), ($5, $6, $7, $8) returning "id"

--# knex 3.3.0 | builder | collected, PostgreSQL 15
update "account" set "balance" = "balance" + $1 where "id" = $2 returning "id", "balance"

--# knex 3.3.0 | builder | collected, PostgreSQL 15
insert into "customer" ("born", "email", "id", "name", "ssn") values ($1, $2, $3, $4, $5) on conflict ("id") do update set "name" = excluded."name"

--# knex 3.3.0 | builder | collected, PostgreSQL 15
select * from "account" where "id" = $1 for update

--# knex 3.3.0 | builder | collected, PostgreSQL 15
SAVEPOINT trx3;

--# knex 3.3.0 | builder | collected, PostgreSQL 15
delete from "card" where "id" = $1

--# knex 3.3.0 | builder | collected, PostgreSQL 15
RELEASE SAVEPOINT trx3;

--# knex 3.3.0 | builder | collected, PostgreSQL 15
ROLLBACK

--# knex 3.3.0 | schema | collected, PostgreSQL 15
select * from information_schema.tables where table_name = $1 and table_schema = current_schema()

--# knex 3.3.0 | schema | collected, PostgreSQL 15
select * from information_schema.columns where table_name = $1 and column_name = $2 and table_schema = current_schema()

--# knex 3.3.0 | schema | collected, PostgreSQL 15
create table "x1" ("id" serial primary key, "a" varchar(20) not null, "doc" jsonb default '{}', "created_at" timestamptz not null default CURRENT_TIMESTAMP, "updated_at" timestamptz not null default CURRENT_TIMESTAMP, "c" bigint, "e" text check ("e" in ('p', 'q')), "u" uuid, "tags" text[])

--# knex 3.3.0 | schema | collected, PostgreSQL 15
comment on column "x1"."tags" is 'c'

--# knex 3.3.0 | schema | collected, PostgreSQL 15
alter table "x1" add constraint "x1_a_unique" unique ("a")

--# knex 3.3.0 | schema | collected, PostgreSQL 15
alter table "x1" add constraint "x1_c_foreign" foreign key ("c") references "customer" ("id") on delete CASCADE

--# knex 3.3.0 | schema | collected, PostgreSQL 15
create index "x1_a_e_index" on "x1" ("a", "e")

--# knex 3.3.0 | schema | collected, PostgreSQL 15
alter table "x1" add column "b" text

--# knex 3.3.0 | schema | collected, PostgreSQL 15
alter table "x1" drop column "e"

--# knex 3.3.0 | schema | collected, PostgreSQL 15
alter table "x1" rename "a" to "z"

--# knex 3.3.0 | schema | collected, PostgreSQL 15
select * from information_schema.columns where table_name = $1 and table_catalog = current_database() and table_schema = current_schema()

--# knex 3.3.0 | schema | collected, PostgreSQL 15
alter table "x1" rename to "x2"

--# knex 3.3.0 | schema | collected, PostgreSQL 15
drop table if exists "x2"

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
create table "knex_migrations" ("id" serial primary key, "name" varchar(255), "batch" integer, "migration_time" timestamptz)

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
create table "knex_migrations_lock" ("index" serial primary key, "is_locked" integer)

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
select * from "knex_migrations_lock"

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
insert into "knex_migrations_lock" ("is_locked") values ($1)

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
select "name" from "knex_migrations" order by "id" asc

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
update "knex_migrations_lock" set "is_locked" = $1 where "is_locked" = $2

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
select max("batch") as "max_batch" from "knex_migrations"

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
create table "m1" ("id" serial primary key)

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
insert into "knex_migrations" ("batch", "migration_time", "name") values ($1, $2, $3)

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
update "knex_migrations_lock" set "is_locked" = $1

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
COMMIT;

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
select * from "knex_migrations" where "batch" = (select max("batch") from "knex_migrations") order by "id" desc

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
drop table "m1"

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
delete from "knex_migrations" where "name" = $1

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
drop table "knex_migrations"

--# knex 3.3.0 | migrations | collected, PostgreSQL 15
drop table "knex_migrations_lock"
