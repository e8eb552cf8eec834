-- One of each kind of object beside the demo's tables, so that clients have something to describe.
create schema back_office;
create type mood as enum ('sad', 'ok', 'happy');
create domain positive as numeric check (value > 0);
create type address as (street text, city text);
create type span as range (subtype = float8);
create sequence back_office.ticket start 100;
create table back_office.note (
  id serial primary key,
  customer_id bigint references customer on delete cascade,
  feeling mood default 'ok',
  fee positive,
  place address,
  tags text[],
  doc jsonb,
  made timestamptz not null default now(),
  shout text generated always as (coalesce(tags[1], 'none')) stored,
  unique (customer_id, made),
  check (fee < 1000)
);
comment on table back_office.note is 'what was said';
comment on column back_office.note.fee is 'in francs';
create index note_doc on back_office.note using gin (doc);
create index note_feeling on back_office.note (feeling, lower(shout)) where fee is not null;
create statistics note_stats on feeling, fee from back_office.note;
create table part (id int, made date not null) partition by range (made);
create table part_2025 partition of part for values from ('2025-01-01') to ('2026-01-01');
create view rich as select c.name, sum(a.balance) as total from customer c join account a on a.customer_id = c.id group by c.name;
create materialized view totals as select count(*) as n from transaction;
create function add_up(a int, b int default 1) returns int language sql immutable as 'select a + b';
create function touched() returns trigger language plpgsql as $$begin new.made := now(); return new; end$$;
create procedure tidy() language sql as 'delete from card where blocked';
create aggregate longest(text) (sfunc = pg_catalog.textcat, stype = text, initcond = '');
create trigger note_touched before update on back_office.note for each row execute function touched();
create rule quiet as on insert to rich do instead nothing;
create policy own on back_office.note using (customer_id = 1);
alter table back_office.note enable row level security;
create operator === (leftarg = int, rightarg = int, function = int4eq);
create cast (mood as int) with inout;
create publication news for table customer, account;
create role teller nologin;
grant select on customer to teller;
alter default privileges in schema back_office grant select on tables to teller;
alter role teller set statement_timeout = '1min';
create foreign data wrapper nothing;
create server elsewhere foreign data wrapper nothing;
create user mapping for current_user server elsewhere;
create foreign table far (id int) server elsewhere;
